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

describe('insert', () => {
  test('one row is 201 without a body, and with select comes back with its defaults', async () => {
    const silent = await supabase.from('films').insert({ title: 'A' })
    expect([silent.status, silent.data]).toEqual([201, null])
    const { data, status } = await supabase
      .from('films')
      .insert({ title: 'B', year: 2001 })
      .select('title, rating, tags')
    expect([status, data]).toEqual([201, [{ title: 'B', rating: 'PG', tags: [] }]])
  })

  test('many rows at once, with an embed in the representation', async () => {
    const rows = [
      { title: 'C', director_id: 1 },
      { title: 'D', director_id: 2 },
    ]
    const { data } = await supabase.from('films').insert(rows).select('title, directors(name)').order('title')
    expect(data).toEqual([
      { title: 'C', directors: { name: 'Agnès Varda' } },
      { title: 'D', directors: { name: 'Bong Joon-ho' } },
    ])
  })

  test('rows with different keys take null, or the default where asked', async () => {
    const rows = [{ title: 'E', rating: 'G' }, { title: 'F' }]
    const nulls = await supabase.from('films').insert(rows).select('rating')
    expect(nulls.data).toEqual([{ rating: 'G' }, { rating: null }])
    const again = rows.map((row) => ({ ...row, title: `${row.title}2` }))
    const defaults = await supabase.from('films').insert(again, { defaultToNull: false }).select('rating')
    expect(defaults.data).toEqual([{ rating: 'G' }, { rating: 'PG' }])
  })

  test('a duplicate is a 409, a broken reference too, each with what Postgres says', async () => {
    const duplicate = await supabase.from('films').insert({ title: 'Parasite' })
    expect([duplicate.status, duplicate.error?.code]).toEqual([409, '23505'])
    const orphan = await supabase.from('films').insert({ title: 'G', director_id: 99 })
    expect([orphan.status, orphan.error?.code]).toEqual([409, '23503'])
  })

  test('an unknown column is named', async () => {
    const { status, error } = await supabase.from('films').insert({ titel: 'x' })
    expect([status, error?.code]).toEqual([400, 'PGRST204'])
    expect(error?.message).toBe("Could not find the 'titel' column of 'films' in the schema cache")
  })

  test('numbers beyond 2^53 arrive as they were sent', async () => {
    const body = '{"owner":"x","key":"big","value":9007199254740993}'
    const headers = {
      apikey: stack.line('PUBLISHABLE_KEY'),
      prefer: 'return=representation',
      'content-type': 'application/json',
    }
    const answer = await fetch(`${stack.line('API_URL')}/rest/v1/settings`, { method: 'POST', body, headers })
    expect(await answer.json()).toEqual([{ owner: 'x', key: 'big', value: '9007199254740993' }])
  })
})

describe('upsert', () => {
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
      .from('films')
      .upsert({ title: 'Vagabond', year: 1986 }, { onConflict: 'title' })
      .select('id, year')
    expect(merged.data).toEqual([{ id: 2, year: 1986 }])
    const ignored = await supabase
      .from('films')
      .upsert({ title: 'Vagabond', year: 1 }, { onConflict: 'title', ignoreDuplicates: true })
      .select('id')
    expect(ignored.data).toEqual([])
  })
})

describe('update and delete', () => {
  test('update changes what the filter finds and returns it when asked', async () => {
    const { data, status } = await supabase.from('actors').update({ name: 'Song K.' }).eq('id', 1).select()
    expect([status, data]).toEqual([200, [{ id: 1, name: 'Song K.' }]])
    expect((await supabase.from('actors').update({ name: 'x' }).eq('id', 99)).status).toBe(204)
  })

  test('delete removes what the filter finds and counts it when asked', async () => {
    await supabase.from('actors').insert([
      { id: 10, name: 'x' },
      { id: 11, name: 'x' },
    ])
    const { count, status } = await supabase.from('actors').delete({ count: 'exact' }).gte('id', 10)
    expect([status, count]).toEqual([204, 2])
  })

  test('single on an update of many rows is refused and undone', async () => {
    const { status, error } = await supabase.from('directors').update({ name: 'all' }).gte('id', 1).select().single()
    expect([status, error?.code]).toEqual([406, 'PGRST116'])
    const { data } = await supabase.from('directors').select('name').eq('name', 'all')
    expect(data).toEqual([])
  })

  test.each(['PATCH', 'DELETE'])('%s without any filter is refused and changes nothing', async (method) => {
    const headers = { apikey: stack.line('PUBLISHABLE_KEY'), 'content-type': 'application/json' }
    const body = method === 'PATCH' ? '{"name":"x"}' : null
    const answer = await fetch(`${stack.line('API_URL')}/rest/v1/directors`, { method, headers, body })
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ code: '21000' })
    expect((await supabase.from('directors').select('id')).data).toHaveLength(3)
  })
})

describe('rpc', () => {
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
})
