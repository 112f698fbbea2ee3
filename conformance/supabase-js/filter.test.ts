import { expect, test } from 'vitest'

import { films, idsOf, supabase } from './cinema/client.ts'

test('takes any operator by its short name', async () => {
  expect(await idsOf(films().filter('tags', 'cs', '{crime}'))).toEqual([3, 4])
})

test('takes a list in parentheses', async () => {
  expect(await idsOf(films().filter('id', 'in', '(1,5)'))).toEqual([1, 5])
})

test('takes a negation', async () => {
  expect(await idsOf(films().filter('id', 'not.in', '(1,5)'))).toEqual([2, 3, 4])
})

test('takes modifiers', async () => {
  expect(await idsOf(films().filter('id', 'eq(any)', '{1,5}'))).toEqual([1, 5])
})

const directors = () => supabase.from('directors').select('id, films()')

test('keeps the parents that have an embed, or have none', async () => {
  expect(await idsOf(directors().filter('films', 'not.is', null))).toEqual([1, 2])
  expect(await idsOf(directors().filter('films', 'is', null))).toEqual([3])
})

test('refuses an operator that is not there', async () => {
  const { status, error } = await films().filter('id', 'equals', 1)
  expect([status, error?.code]).toEqual([400, 'PGRST100'])
})
