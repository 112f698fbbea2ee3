import { expect, test } from 'vitest'

import { films, idsOf, supabase } from './cinema/client.ts'

test('finds the rows whose column equals the value', async () => {
  expect(await idsOf(films().eq('title', 'Parasite'))).toEqual([4])
})

test('compares what a JSON path leads to', async () => {
  expect(await idsOf(films().eq('info->>runtime', '90'))).toEqual([1])
})

test('takes a value with reserved characters as it stands', async () => {
  expect(await idsOf(films().eq('title', 'a,b.c(d)&e="f" %'))).toEqual([])
})

test('filters by a column of an inner embed', async () => {
  expect(
    await idsOf(supabase.from('films').select('id, directors!inner(name)').eq('directors.name', 'Bong Joon-ho')),
  ).toEqual([3, 4])
})
