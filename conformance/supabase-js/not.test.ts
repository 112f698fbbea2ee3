import { expect, test } from 'vitest'

import { films, idsOf } from './cinema/client.ts'

test('turns an operator round', async () => {
  expect(await idsOf(films().not('year', 'gte', 1963))).toEqual([1])
})

test('finds what is not null', async () => {
  expect(await idsOf(films().not('year', 'is', null))).toEqual([1, 2, 3, 4])
})

test('finds what is not in a list', async () => {
  expect(await idsOf(films().not('id', 'in', '(1,2,3)'))).toEqual([4, 5])
})

test('finds arrays without an element', async () => {
  expect(await idsOf(films().not('tags', 'cs', '{drama}'))).toEqual([4, 5])
})

test('takes an operator over several values', async () => {
  expect(await idsOf(films().not('title', 'like(any)', '{Para%,Vaga%}'))).toEqual([1, 3, 5])
})
