import { expect, test } from 'vitest'

import { rest, supabase } from './cinema/client.ts'

const table = () => supabase.from('update_films')

test('update changes what the filter finds and returns it when asked', async () => {
  const { data, status } = await table().update({ title: 'Cleo' }).eq('id', 1).select('id, title')
  expect([status, data]).toEqual([200, [{ id: 1, title: 'Cleo' }]])
  expect((await table().update({ title: 'x' }).eq('id', 99)).status).toBe(204)
})

test('rows are counted when asked', async () => {
  const { status, count, data } = await table().update({ year: 2000 }, { count: 'exact' }).in('id', [2, 3])
  expect([status, count, data]).toEqual([204, 2, null])
})

test('the representation has embeds, and is empty where nothing was found', async () => {
  const { data } = await table().update({ director_id: 1 }).eq('id', 4).select('directors(name)')
  expect(data).toEqual([{ directors: { name: 'Agnès Varda' } }])
  const none = await table().update({ year: 1 }).eq('id', 99).select()
  expect([none.status, none.data]).toEqual([200, []])
})

test('null and JSON are set as they are', async () => {
  const { data } = await table()
    .update({ year: null, info: { a: [1] } })
    .eq('id', 5)
    .select('year, info')
    .single()
  expect(data).toEqual({ year: null, info: { a: [1] } })
})

test('an unknown column is named', async () => {
  const { status, error } = await table().update({ titel: 'x' }).eq('id', 1)
  expect([status, error?.code]).toEqual([400, 'PGRST204'])
})

test('without any filter is refused and changes nothing', async () => {
  const headers = { 'content-type': 'application/json' }
  const answer = await rest('/directors', { method: 'PATCH', headers, body: '{"name":"x"}' })
  expect(answer.status).toBe(400)
  expect(await answer.json()).toMatchObject({ code: '21000' })
  expect((await supabase.from('directors').select('id').eq('name', 'x')).data).toEqual([])
})
