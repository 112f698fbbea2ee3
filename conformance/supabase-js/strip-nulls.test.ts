import { expect, test } from 'vitest'

import { films, supabase } from './cinema/client.ts'

test('keys without a value are left out, at every depth', async () => {
  const { data } = await supabase
    .from('films')
    .select('id, year, directors(name, born)')
    .in('id', [4, 5])
    .order('id')
    .stripNulls()
  expect(data).toEqual([{ id: 4, year: 2019, directors: { name: 'Bong Joon-ho', born: '1969-09-14' } }, { id: 5 }])
})

test('of a single row too', async () => {
  const { data } = await supabase.from('films').select('id, year').eq('id', 5).single().stripNulls()
  expect(data).toEqual({ id: 5 })
})

test('of a function too', async () => {
  const { data } = await supabase.rpc('one_film', { film: 5 }).select('id, year').stripNulls()
  expect(data).toEqual({ id: 5 })
})

test('csv has no keys to leave out', () => {
  expect(() => films().csv().stripNulls()).toThrow('stripNulls() cannot be used with csv()')
})
