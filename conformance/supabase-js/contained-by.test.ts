import { expect, test } from 'vitest'

import { films, idsOf, screenings } from './cinema/client.ts'

test('finds arrays without any other element', async () => {
  expect(await idsOf(films().containedBy('tags', ['drama']))).toEqual([2, 5])
})

test('finds JSON within an object', async () => {
  expect(await idsOf(films().containedBy('info', { runtime: 105, colour: true }))).toEqual([2, 5])
})

test('finds ranges within a range', async () => {
  expect(await idsOf(screenings().containedBy('seats', '[1,21)'))).toEqual([1, 2])
})
