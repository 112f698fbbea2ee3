import { expect, test } from 'vitest'

import { films, idsOf, supabase } from './cinema/client.ts'

test('searches text in the language given', async () => {
  expect(await idsOf(films().textSearch('title', 'murder', { config: 'english' }))).toEqual([3])
})

test('searches a vector with the operators of a query', async () => {
  expect(await idsOf(supabase.from('reviews').select('id').textSearch('lexemes', 'climb & !family'))).toEqual([3])
})

test('takes plain words, all of which must be there', async () => {
  expect(
    await idsOf(
      supabase
        .from('reviews')
        .select('id')
        .textSearch('lexemes', 'stairs families', { type: 'plain', config: 'english' }),
    ),
  ).toEqual([1])
})

test('takes a phrase', async () => {
  expect(
    await idsOf(
      supabase
        .from('reviews')
        .select('id')
        .textSearch('lexemes', 'climb the stairs', { type: 'phrase', config: 'english' }),
    ),
  ).toEqual([1])
})

test('takes what people write into a search field', async () => {
  expect(
    await idsOf(
      supabase
        .from('reviews')
        .select('id')
        .textSearch('lexemes', 'family -climb or her', { type: 'websearch', config: 'english' }),
    ),
  ).toEqual([2])
})

test('refuses an unknown language', async () => {
  const { status, error } = await films().textSearch('title', 'murder', { config: 'klingon' })
  expect([status, error?.code]).toEqual([400, '42704'])
})
