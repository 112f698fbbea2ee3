import { expect, test } from 'vitest'

import { supabase } from './cinema/client.ts'

test('merges on the primary key: 201 when one was added, 200 when all were there', async () => {
  const row = { owner: 'a', key: 'theme', value: 'dark' }
  expect((await supabase.from('settings').upsert(row)).status).toBe(201)
  const second = await supabase
    .from('settings')
    .upsert({ ...row, value: 'light' })
    .select()
  expect([second.status, second.data]).toEqual([200, [{ ...row, value: 'light' }]])
})

test('merges on another unique column, or leaves duplicates alone', async () => {
  const merged = await supabase
    .from('upsert_films')
    .upsert({ title: 'Vagabond', year: 1986 }, { onConflict: 'title' })
    .select('id, year')
  expect(merged.data).toEqual([{ id: 2, year: 1986 }])
  const ignored = await supabase
    .from('upsert_films')
    .upsert({ title: 'Vagabond', year: 1 }, { onConflict: 'title', ignoreDuplicates: true })
    .select('id')
  expect(ignored.data).toEqual([])
})

test('takes many rows, those there and those not', async () => {
  const rows = [
    { owner: 'many', key: 'a', value: '1' },
    { owner: 'many', key: 'b', value: '2' },
  ]
  expect((await supabase.from('settings').upsert(rows.slice(0, 1))).status).toBe(201)
  const { data, status, count } = await supabase.from('settings').upsert(rows, { count: 'exact' }).select()
  expect([status, data, count]).toEqual([201, rows, 2])
})

test('columns that a row does not name keep their values', async () => {
  await supabase.from('upsert_films').upsert({ title: 'Parasite', rating: 'G' }, { onConflict: 'title' })
  const { data } = await supabase.from('upsert_films').select('year, rating').eq('title', 'Parasite').single()
  expect(data).toEqual({ year: 2019, rating: 'G' })
})

test('missing columns of new rows take their defaults where asked', async () => {
  const rows = [{ title: 'new 1', rating: 'G' }, { title: 'new 2' }]
  const { data } = await supabase
    .from('upsert_films')
    .upsert(rows, { onConflict: 'title', defaultToNull: false })
    .select('rating')
  expect(data).toEqual([{ rating: 'G' }, { rating: 'PG' }])
})

test('a conflict target without a unique constraint is refused', async () => {
  const { status, error } = await supabase.from('upsert_films').upsert({ title: 'x', year: 1 }, { onConflict: 'year' })
  expect([status, error?.code]).toEqual([400, '42P10'])
})
