import { createClient, type SupabaseClient } from '@supabase/supabase-js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { CINEMA } from '../cinema.ts'
import { type RunningStack, startStack } from '../running-stack.ts'

let stack: RunningStack
let supabase: SupabaseClient

beforeAll(async () => {
  stack = await startStack({ files: CINEMA })
  supabase = createClient(stack.line('API_URL'), stack.line('PUBLISHABLE_KEY'))
})
afterAll(async () => await stack[Symbol.asyncDispose]())

describe('select', () => {
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
})

const films = () => supabase.from('films').select('id')

const ids = async (build: (query: ReturnType<typeof films>) => PromiseLike<{ data: unknown; error: unknown }>) => {
  const { data, error } = await build(films())
  expect(error).toBeNull()
  return (data as { id: number }[]).map((row) => row.id).sort((a, b) => a - b)
}

describe('filters', () => {
  test.each([
    ['eq', [4], (q: ReturnType<typeof films>) => q.eq('title', 'Parasite')],
    ['neq', [1, 2, 3], (q: ReturnType<typeof films>) => q.neq('year', 2019)],
    ['gt and lte', [2, 3], (q: ReturnType<typeof films>) => q.gt('year', 1962).lte('year', 2003)],
    ['like', [4], (q: ReturnType<typeof films>) => q.like('title', 'Para%')],
    ['ilike', [4], (q: ReturnType<typeof films>) => q.ilike('title', 'para%')],
    ['is null', [5], (q: ReturnType<typeof films>) => q.is('year', null)],
    ['in', [1, 4], (q: ReturnType<typeof films>) => q.in('title', ['Cléo from 5 to 7', 'Parasite'])],
    ['contains on an array', [1], (q: ReturnType<typeof films>) => q.contains('tags', ['paris', 'drama'])],
    ['overlaps', [1, 3, 4], (q: ReturnType<typeof films>) => q.overlaps('tags', ['paris', 'crime'])],
    ['contains on JSON', [1], (q: ReturnType<typeof films>) => q.contains('info', { colour: false })],
    ['contained by', [2, 5], (q: ReturnType<typeof films>) => q.containedBy('tags', ['drama'])],
    ['not', [1], (q: ReturnType<typeof films>) => q.not('year', 'gte', 1963)],
    ['or', [1, 4], (q: ReturnType<typeof films>) => q.or('year.eq.1962,and(year.gt.2010,rating.eq.R)')],
    ['match', [3], (q: ReturnType<typeof films>) => q.match({ year: 2003, rating: 'R' })],
    ['textSearch', [3], (q: ReturnType<typeof films>) => q.textSearch('title', 'murder', { config: 'english' })],
    ['a JSON path', [1], (q: ReturnType<typeof films>) => q.eq('info->>runtime', '90')],
  ] as const)('%s', async (_name, expected, build) => {
    expect(await ids(build)).toEqual(expected)
  })
})

describe('order, ranges and counts', () => {
  test('order by several columns, nulls where asked', async () => {
    const { data } = await supabase.from('films').select('id').order('year', { ascending: false, nullsFirst: true })
    expect(data?.map((row) => row.id)).toEqual([5, 4, 3, 2, 1])
  })

  test('range gives the page and the exact count the whole', async () => {
    const { data, count, status } = await supabase
      .from('films')
      .select('id', { count: 'exact' })
      .order('id')
      .range(1, 2)
    expect(data).toEqual([{ id: 2 }, { id: 3 }])
    expect([count, status]).toEqual([5, 206])
  })

  test('head asks for the count alone', async () => {
    const { data, count } = await supabase.from('films').select('*', { count: 'exact', head: true }).eq('rating', 'R')
    expect([data, count]).toEqual([null, 3])
  })

  test('an offset past the end is a 416 that says how many rows there are', async () => {
    const { error, status } = await supabase.from('films').select('id', { count: 'exact' }).range(50, 60)
    expect(status).toBe(416)
    expect(error).toMatchObject({
      code: 'PGRST103',
      details: 'An offset of 50 was requested, but there are only 5 rows.',
    })
  })

  test('single refuses none and many, maybeSingle takes none for null', async () => {
    expect((await supabase.from('films').select('id').eq('id', 1).single()).data).toEqual({ id: 1 })
    const many = await supabase.from('films').select('id').single()
    expect([many.status, many.error?.code, many.error?.details]).toEqual([
      406,
      'PGRST116',
      'The result contains 5 rows',
    ])
    expect(await supabase.from('films').select('id').eq('id', 0).maybeSingle()).toMatchObject({
      data: null,
      error: null,
    })
  })

  test('csv is text with a header line', async () => {
    const { data } = await supabase.from('actors').select('id,name').order('id').limit(1).csv()
    expect(data).toBe('id,name\n1,"Song Kang-ho"')
  })
})

describe('refusals', () => {
  test.each([
    ['an unknown table', 'film', '*', 404, 'PGRST205'],
    ['an unknown column', 'films', 'nothing', 400, '42703'],
    ['an unknown relationship', 'films', 'settings(key)', 400, 'PGRST200'],
    ['a select that does not parse', 'films', 'id,,', 400, 'PGRST100'],
  ])('%s', async (_name, table, select, status, code) => {
    const answer = await supabase.from(table).select(select)
    expect([answer.status, answer.error?.code]).toEqual([status, code])
  })

  test('a misspelt table is met with the nearest name', async () => {
    const { error } = await supabase.from('film').select()
    expect(error).toMatchObject({
      message: "Could not find the table 'public.film' in the schema cache",
      hint: "Perhaps you meant the table 'public.films'",
    })
  })

  test('a schema that is not exposed', async () => {
    const { status, error } = await supabase.schema('auth').from('users').select()
    expect([status, error?.code]).toEqual([406, 'PGRST106'])
  })
})
