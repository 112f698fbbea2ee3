import { expect, test } from 'vitest'

import { supabase } from './cinema/client.ts'

test('named and default arguments, by POST and by GET', async () => {
  expect((await supabase.rpc('add_numbers', { a: 1, b: 2 })).data).toBe(3)
  expect((await supabase.rpc('add_numbers', { a: 1 }, { get: true })).data).toBe(2)
})

test('a set of rows can be filtered, ordered and embedded', async () => {
  const { data } = await supabase.rpc('films_of', { director: 2 }).select('title, directors(name)').gt('year', 2010)
  expect(data).toEqual([{ title: 'Parasite', directors: { name: 'Bong Joon-ho' } }])
})

test('a row is an object, OUT parameters are its keys, void is no content', async () => {
  expect((await supabase.rpc('one_film', { film: 4 })).data).toMatchObject({ id: 4, title: 'Parasite' })
  expect((await supabase.rpc('statistics')).data).toMatchObject({ directors: 3 })
  const nothing = await supabase.rpc('nothing')
  expect([nothing.status, nothing.data, nothing.error]).toEqual([204, null, null])
})

test('an unknown function and wrong arguments are told from each other', async () => {
  const unknown = await supabase.rpc('add_number', { a: 1 })
  expect([unknown.status, unknown.error?.code]).toEqual([404, 'PGRST202'])
  expect(unknown.error?.hint).toBe('Perhaps you meant to call the function public.add_numbers')
  const wrong = await supabase.rpc('add_numbers', { a: 1, c: 2 })
  expect(wrong.error?.hint).toBe('Perhaps you meant to call the function public.add_numbers(a, b)')
})

test('what a function raises reaches the caller, with the status it chose', async () => {
  expect((await supabase.rpc('refuse')).error).toMatchObject({
    code: 'P0001',
    message: 'not today',
    details: 'closed',
    hint: 'come back tomorrow',
  })
  expect((await supabase.rpc('teapot')).status).toBe(418)
})

test('arrays, objects and rows are arguments', async () => {
  expect((await supabase.rpc('sum_of', { numbers: [1, 2, 3] })).data).toBe(6)
  expect((await supabase.rpc('sum_of', { numbers: [1, 2, 3] }, { get: true })).data).toBe(6)
  expect((await supabase.rpc('echo', { value: { a: [null] } })).data).toEqual({ a: [null] })
  expect((await supabase.rpc('describe', { film: { title: 'Her', year: 2013 } })).data).toBe('Her, 2013')
})

test('variadic arguments are an array', async () => {
  expect((await supabase.rpc('join_words', { words: ['a', 'b,c'] })).data).toBe('a-b,c')
})

test('head gives no data, but the count', async () => {
  const { data, count, error } = await supabase.rpc('films_of', { director: 1 }, { head: true, count: 'exact' })
  expect([data, count, error]).toEqual([null, 2, null])
})

test('head with an object is sent as a body, and answered with one as functions are', async () => {
  const { data, error, status } = await supabase.rpc('echo', { value: { a: 1 } }, { head: true })
  expect([data, error, status]).toEqual([{ a: 1 }, null, 200])
})

test.each([{}, { get: true }])('a set is counted and paged with %o', async (options) => {
  const { data, count, status } = await supabase
    .rpc('films_of', { director: 1 }, { ...options, count: 'exact' })
    .select('id')
    .order('id')
    .range(0, 0)
  expect([status, data, count]).toEqual([206, [{ id: 1 }], 2])
})

test('what writes is not called by GET', async () => {
  expect((await supabase.rpc('touch_directors')).data).toBe(1)
  const { status, error } = await supabase.rpc('touch_directors', {}, { get: true })
  expect([status, error?.code]).toEqual([405, '25006'])
})
