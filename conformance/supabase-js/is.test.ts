import { expect, test } from 'vitest'

import { films, idsOf } from './cinema/client.ts'

test('finds null', async () => {
  expect(await idsOf(films().is('year', null))).toEqual([5])
})

test('finds what is missing from a JSON path', async () => {
  expect(await idsOf(films().is('info->colour', null))).toEqual([2, 3, 4, 5])
})

test('refuses a value that is none of null, not_null, true, false and unknown', async () => {
  const { status, error } = await films().is('year', 'nothing' as never)
  expect([status, error?.code]).toEqual([400, 'PGRST100'])
})
