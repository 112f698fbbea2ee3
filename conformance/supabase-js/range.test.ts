import { expect, test } from 'vitest'

import { films, supabase } from './cinema/client.ts'

test('range gives the page and the exact count the whole', async () => {
  const { data, count, status } = await supabase.from('films').select('id', { count: 'exact' }).order('id').range(1, 2)
  expect(data).toEqual([{ id: 2 }, { id: 3 }])
  expect([count, status]).toEqual([5, 206])
})

test('an offset past the end is a 416 that says how many rows there are', async () => {
  const { error, status } = await supabase.from('films').select('id', { count: 'exact' }).range(50, 60)
  expect(status).toBe(416)
  expect(error).toMatchObject({
    code: 'PGRST103',
    details: 'An offset of 50 was requested, but there are only 5 rows.',
  })
})

test('without a count a page past the end is empty', async () => {
  const { data, status } = await films().range(50, 60)
  expect([status, data]).toEqual([200, []])
})

test('pages an embed where it names the table', async () => {
  const { data } = await supabase
    .from('directors')
    .select('id, films(id)')
    .eq('id', 1)
    .order('id', { referencedTable: 'films' })
    .range(1, 1, { referencedTable: 'films' })
  expect(data).toEqual([{ id: 1, films: [{ id: 2 }] }])
})
