import { expect, test } from 'vitest'

import { films, supabase } from './cinema/client.ts'

test('order by several columns, nulls where asked', async () => {
  const { data } = await supabase.from('films').select('id').order('year', { ascending: false, nullsFirst: true })
  expect(data?.map((row) => row.id)).toEqual([5, 4, 3, 2, 1])
})

async function ordered(options: Parameters<ReturnType<typeof films>['order']>[1]): Promise<unknown> {
  const { data } = await films().order('year', options)
  return data?.map(({ id }) => id)
}

test('nulls are last ascending and first descending unless asked otherwise', async () => {
  expect(await ordered({})).toEqual([1, 2, 3, 4, 5])
  expect(await ordered({ nullsFirst: true })).toEqual([5, 1, 2, 3, 4])
  expect(await ordered({ ascending: false })).toEqual([5, 4, 3, 2, 1])
  expect(await ordered({ ascending: false, nullsFirst: false })).toEqual([4, 3, 2, 1, 5])
})

test('a second order decides among equals', async () => {
  const { data } = await films().not('rating', 'is', null).order('rating').order('title', { ascending: false })
  expect(data?.map(({ id }) => id)).toEqual([1, 2, 4, 3])
})

test('the rows of an embed are ordered by its path', async () => {
  const { data } = await supabase
    .from('directors')
    .select('id, films(id)')
    .eq('id', 1)
    .order('year', { referencedTable: 'films', ascending: false })
  expect(data).toEqual([{ id: 1, films: [{ id: 2 }, { id: 1 }] }])
})

test('rows are ordered by a column of a to-one embed', async () => {
  const { data } = await supabase
    .from('films')
    .select('id, directors(name)')
    .lte('id', 4)
    .order('directors(name)', { ascending: false })
    .order('id')
  expect(data?.map(({ id }) => id)).toEqual([3, 4, 1, 2])
})

test('rows are ordered by a JSON path', async () => {
  const { data } = await films().lte('id', 3).order('info->runtime', { ascending: false })
  expect(data?.map(({ id }) => id)).toEqual([3, 2, 1])
})

test('an order by a to-many embed is refused', async () => {
  const { status, error } = await supabase.from('directors').select('id, films(id)').order('films(id)')
  expect([status, error?.code]).toEqual([400, 'PGRST118'])
})
