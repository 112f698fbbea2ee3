import { expect, test } from 'vitest'

import { films, supabase } from './cinema/client.ts'

test('gives at most so many rows', async () => {
  const { data, status } = await films().order('id').limit(2)
  expect([status, data]).toEqual([200, [{ id: 1 }, { id: 2 }]])
})

test('of nothing gives nothing', async () => {
  expect((await films().limit(0)).data).toEqual([])
})

test('bounds an embed where it names the table', async () => {
  const { data } = await supabase
    .from('directors')
    .select('id, films(id)')
    .order('id')
    .order('id', { referencedTable: 'films' })
    .limit(1, { referencedTable: 'films' })
  expect(data).toEqual([
    { id: 1, films: [{ id: 1 }] },
    { id: 2, films: [{ id: 3 }] },
    { id: 3, films: [] },
  ])
})

test('below nothing is refused', async () => {
  const { status, error } = await films().limit(-1)
  expect([status, error?.code]).toEqual([416, 'PGRST103'])
})
