import { expect, test } from 'vitest'

import { supabase } from './cinema/client.ts'

test('the only row is an object', async () => {
  expect((await supabase.from('films').select('id').eq('id', 1).single()).data).toEqual({ id: 1 })
})

test('many rows are refused, and so are none', async () => {
  const many = await supabase.from('films').select('id').single()
  expect([many.status, many.error?.code, many.error?.details]).toEqual([406, 'PGRST116', 'The result contains 5 rows'])
  const none = await supabase.from('films').select('id').eq('id', 0).single()
  expect([none.status, none.error?.code, none.error?.details]).toEqual([406, 'PGRST116', 'The result contains 0 rows'])
  expect(none.error?.message).toBe('Cannot coerce the result to a single JSON object')
})

test('single on an update of many rows is refused and undone', async () => {
  const { status, error } = await supabase.from('directors').update({ name: 'all' }).gte('id', 1).select().single()
  expect([status, error?.code]).toEqual([406, 'PGRST116'])
  const { data } = await supabase.from('directors').select('name').eq('name', 'all')
  expect(data).toEqual([])
})

test('a function that returns rows gives its only one', async () => {
  const { data } = await supabase.rpc('films_of', { director: 2 }).eq('year', 2019).select('id').single()
  expect(data).toEqual({ id: 4 })
})
