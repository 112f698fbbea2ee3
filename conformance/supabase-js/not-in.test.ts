import { expect, test } from 'vitest'

import { films, idsOf } from './cinema/client.ts'

test('finds what no list names, and no null', async () => {
  expect(await idsOf(films().notIn('year', [2003, 2019]))).toEqual([1, 2])
})

test('takes values with commas whole', async () => {
  expect(await idsOf(films().notIn('title', ['Parasite', 'a,b']))).toEqual([1, 2, 3, 5])
})
