import { expect, test } from 'vitest'

import { rest, supabase } from './cinema/client.ts'

test('named columns, aliases, casts and JSON paths', async () => {
  const { data, error } = await supabase
    .from('films')
    .select('id, name:title, year::text, runtime:info->runtime, award:info->award->>name')
    .eq('id', 4)
  expect(error).toBeNull()
  expect(data).toEqual([{ id: 4, name: 'Parasite', year: '2019', runtime: 132, award: "Palme d'Or" }])
})

test('a to-one embed is an object, a to-many embed an array, null where there is none', async () => {
  const { data } = await supabase.from('films').select('title, directors(name)').in('id', [4, 5]).order('id')
  expect(data).toEqual([
    { title: 'Parasite', directors: { name: 'Bong Joon-ho' } },
    { title: 'Unreleased', directors: null },
  ])
  const { data: directors } = await supabase.from('directors').select('name, films(title)').order('id')
  expect(directors?.map((director) => director.films.length)).toEqual([2, 2, 0])
})

test('a many-to-many embed goes through its junction', async () => {
  const { data } = await supabase.from('films').select('title, actors(name)').eq('id', 4)
  expect(data).toEqual([{ title: 'Parasite', actors: [{ name: 'Song Kang-ho' }] }])
})

test('embeds nest, are filtered, ordered and limited by their path', async () => {
  const { data } = await supabase
    .from('directors')
    .select('name, films(title, roles(character))')
    .eq('id', 1)
    .order('year', { referencedTable: 'films', ascending: false })
    .limit(1, { referencedTable: 'films' })
  expect(data).toEqual([{ name: 'Agnès Varda', films: [{ title: 'Vagabond', roles: [{ character: 'Mona' }] }] }])
})

test('an inner embed filters its parents', async () => {
  const { data } = await supabase.from('directors').select('name, films!inner(title)').eq('films.year', 2019)
  expect(data).toEqual([{ name: 'Bong Joon-ho', films: [{ title: 'Parasite' }] }])
})

test('a view embeds along the foreign key of its table', async () => {
  const { data } = await supabase.from('recent_films').select('title, directors(name)').eq('id', 3)
  expect(data).toEqual([{ title: 'Memories of Murder', directors: { name: 'Bong Joon-ho' } }])
})

test('a spread merges the columns of a to-one embed', async () => {
  const { data } = await supabase.from('films').select('title, ...directors(director:name)').eq('id', 1)
  expect(data).toEqual([{ title: 'Cléo from 5 to 7', director: 'Agnès Varda' }])
})

test('the columns may be left out, and white space stands where it likes', async () => {
  const { data } = await supabase.from('actors').select().eq('id', 1)
  expect(data).toEqual([{ id: 1, name: 'Song Kang-ho' }])
  const { data: spaced } = await supabase.from('actors').select(`
    id,
    called: name
  `)
  expect(spaced?.[0]).toEqual({ id: 1, called: 'Song Kang-ho' })
})

test('an embed is chosen by a hint, and a spread of many is an array for each column', async () => {
  const { data } = await supabase.from('films').select('id, by:directors!films_director_id_fkey(name)').eq('id', 4)
  expect(data).toEqual([{ id: 4, by: { name: 'Bong Joon-ho' } }])
  const { data: spread } = await supabase.from('directors').select('id, ...films(titles:title)').eq('id', 2)
  expect(spread).toEqual([{ id: 2, titles: ['Memories of Murder', 'Parasite'] }])
})

test('a left embed of a filtered table keeps its parents', async () => {
  const { data } = await supabase.from('directors').select('id, films!left(id)').eq('films.year', 2019).order('id')
  expect(data).toEqual([
    { id: 1, films: [] },
    { id: 2, films: [{ id: 4 }] },
    { id: 3, films: [] },
  ])
})

test('head asks for the count alone', async () => {
  const { data, count } = await supabase.from('films').select('*', { count: 'exact', head: true }).eq('rating', 'R')
  expect([data, count]).toEqual([null, 3])
})

test('the exact count is of all rows, whatever the page', async () => {
  const { data, count, status } = await supabase.from('films').select('id', { count: 'exact' }).limit(1)
  expect([data?.length, count, status]).toEqual([1, 5, 206])
})

test.each(['planned', 'estimated'] as const)('the %s count is a number, without the rows too', async (kind) => {
  const { count, error } = await supabase.from('films').select('id', { count: kind })
  expect(error).toBeNull()
  expect(count).toEqual(expect.any(Number))
  const head = await supabase.from('films').select('id', { count: kind, head: true })
  expect([head.data, head.count]).toEqual([null, count])
})

test('the estimated count is exact where it can be', async () => {
  const { count } = await supabase.from('films').select('id', { count: 'estimated' })
  expect(count).toBe(5)
})

test('without a count there is none', async () => {
  expect((await supabase.from('films').select('id')).count).toBeNull()
})

test('aggregates are refused where the project has not switched them on', async () => {
  const { status, error } = await supabase.from('films').select('id.count()')
  expect([status, error?.code]).toEqual([400, 'PGRST123'])
})

test.each([
  ['an unknown column', 'films', 'nothing', 400, '42703'],
  ['an unknown relationship', 'films', 'settings(key)', 400, 'PGRST200'],
  ['a select that does not parse', 'films', 'id,,', 400, 'PGRST100'],
])('%s is refused', async (_name, table, select, status, code) => {
  const answer = await supabase.from(table).select(select)
  expect([answer.status, answer.error?.code]).toEqual([status, code])
})

test('select after a change asks for the rows changed', async () => {
  const answer = await rest('/films?select=id&id=eq.0', {
    method: 'PATCH',
    body: '{"year":1}',
    headers: { 'content-type': 'application/json', prefer: 'return=representation' },
  })
  expect([answer.status, await answer.json()]).toEqual([200, []])
})
