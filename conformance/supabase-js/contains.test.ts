import { expect, test } from 'vitest'

import { films, idsOf, screenings } from './cinema/client.ts'

test('finds arrays that hold every element', async () => {
  expect(await idsOf(films().contains('tags', ['paris', 'drama']))).toEqual([1])
})

test('finds JSON that holds an object', async () => {
  expect(await idsOf(films().contains('info', { colour: false }))).toEqual([1])
})

test('finds JSON that holds a nested object', async () => {
  expect(await idsOf(films().contains('info', { award: { name: "Palme d'Or" } }))).toEqual([4])
})

test('finds ranges that hold a range', async () => {
  expect(await idsOf(screenings().contains('seats', '[12,15)'))).toEqual([2, 4])
})
