import { expect, test } from 'vitest'

import { films } from './cinema/client.ts'

test('takes none for null', async () => {
  expect(await films().eq('id', 0).maybeSingle()).toMatchObject({ data: null, error: null, status: 200 })
})

test('the only row is an object', async () => {
  expect((await films().eq('id', 1).maybeSingle()).data).toEqual({ id: 1 })
})

test('many rows are refused', async () => {
  const { data, error, status } = await films().maybeSingle()
  expect([data, status, error?.code]).toEqual([null, 406, 'PGRST116'])
})
