import { expect, test } from 'vitest'

import { rest, supabase } from './cinema/client.ts'

test('one row is 201 without a body, and with select comes back with its defaults', async () => {
  const silent = await supabase.from('insert_films').insert({ title: 'A' })
  expect([silent.status, silent.data]).toEqual([201, null])
  const { data, status } = await supabase
    .from('insert_films')
    .insert({ title: 'B', year: 2001 })
    .select('title, rating, tags')
  expect([status, data]).toEqual([201, [{ title: 'B', rating: 'PG', tags: [] }]])
})

test('many rows at once, with an embed in the representation', async () => {
  const rows = [
    { title: 'C', director_id: 1 },
    { title: 'D', director_id: 2 },
  ]
  const { data } = await supabase.from('insert_films').insert(rows).select('title, directors(name)').order('title')
  expect(data).toEqual([
    { title: 'C', directors: { name: 'Agnès Varda' } },
    { title: 'D', directors: { name: 'Bong Joon-ho' } },
  ])
})

test('rows with different keys take null, or the default where asked', async () => {
  const rows = [{ title: 'E', rating: 'G' }, { title: 'F' }]
  const nulls = await supabase.from('insert_films').insert(rows).select('rating')
  expect(nulls.data).toEqual([{ rating: 'G' }, { rating: null }])
  const again = rows.map((row) => ({ ...row, title: `${row.title}2` }))
  const defaults = await supabase.from('insert_films').insert(again, { defaultToNull: false }).select('rating')
  expect(defaults.data).toEqual([{ rating: 'G' }, { rating: 'PG' }])
})

test('a duplicate is a 409, a broken reference too, each with what Postgres says', async () => {
  const duplicate = await supabase.from('insert_films').insert({ title: 'Parasite' })
  expect([duplicate.status, duplicate.error?.code]).toEqual([409, '23505'])
  const orphan = await supabase.from('insert_films').insert({ title: 'G', director_id: 99 })
  expect([orphan.status, orphan.error?.code]).toEqual([409, '23503'])
})

test('an unknown column is named', async () => {
  const { status, error } = await supabase.from('insert_films').insert({ titel: 'x' })
  expect([status, error?.code]).toEqual([400, 'PGRST204'])
  expect(error?.message).toBe("Could not find the 'titel' column of 'insert_films' in the schema cache")
})

test('numbers beyond 2^53 arrive as they were sent', async () => {
  const body = '{"owner":"x","key":"big","value":9007199254740993}'
  const headers = { prefer: 'return=representation', 'content-type': 'application/json' }
  const answer = await rest('/settings', { method: 'POST', body, headers })
  expect(await answer.json()).toEqual([{ owner: 'x', key: 'big', value: '9007199254740993' }])
})

test('a bigint is sent as text', async () => {
  const { data } = await supabase
    .from('settings')
    .insert({ owner: 'x', key: 'bigint', value: 9_007_199_254_740_993n })
    .select('value')
    .single()
  expect(data).toEqual({ value: '9007199254740993' })
})

test('rows are counted when asked', async () => {
  const { count, status, data } = await supabase
    .from('insert_films')
    .insert([{ title: 'counted 1' }, { title: 'counted 2' }], { count: 'exact' })
  expect([status, count, data]).toEqual([201, 2, null])
})

test('no rows are none', async () => {
  const { status, data } = await supabase.from('insert_films').insert([]).select()
  expect([status, data]).toEqual([201, []])
})

test('arrays, JSON and text in any alphabet come back as they were sent', async () => {
  const row = { title: 'Ещё "раз", \\ 再び 🎬', tags: ['a,b', 'c"d', ''], info: { nested: [1, null, { deep: "'" }] } }
  const { data } = await supabase.from('insert_films').insert(row).select('title, tags, info').single()
  expect(data).toEqual(row)
})

test('a value of another type is refused with what Postgres says', async () => {
  const { status, error } = await supabase.from('insert_films').insert({ title: 'typed', year: 'soon' })
  expect([status, error?.code]).toEqual([400, '22P02'])
})
