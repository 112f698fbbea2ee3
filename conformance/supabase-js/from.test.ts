import { expect, test } from 'vitest'

import { supabase } from './cinema/client.ts'

test('an unknown table is a 404', async () => {
  const { status, error } = await supabase.from('film').select('*')
  expect([status, error?.code]).toEqual([404, 'PGRST205'])
})

test('a misspelt table is met with the nearest name', async () => {
  const { error } = await supabase.from('film').select()
  expect(error).toMatchObject({
    message: "Could not find the table 'public.film' in the schema cache",
    hint: "Perhaps you meant the table 'public.films'",
  })
})

test('a view is read like a table', async () => {
  const { data } = await supabase.from('recent_films').select('id').order('id')
  expect(data).toEqual([{ id: 3 }, { id: 4 }])
})

test('one builder makes several queries that know nothing of each other', async () => {
  const table = supabase.from('films')
  const [one, other] = await Promise.all([table.select('id').eq('id', 1), table.select('title').eq('id', 4)])
  expect([one.data, other.data]).toEqual([[{ id: 1 }], [{ title: 'Parasite' }]])
})

test('a request may have a fetch of its own', async () => {
  const asked: string[] = []
  const { data } = await supabase
    .from('films', {
      fetch: (input, init) => {
        asked.push(new URL(input instanceof Request ? input.url : input).pathname)
        return fetch(input, init)
      },
    })
    .select('id')
    .eq('id', 1)
  expect([data, asked]).toEqual([[{ id: 1 }], ['/rest/v1/films']])
})
