import { expect, test } from 'vitest'

import { films, idsOf, screenings } from './cinema/client.ts'

test('finds arrays that share an element', async () => {
  expect(await idsOf(films().overlaps('tags', ['paris', 'crime']))).toEqual([1, 3, 4])
})

test('finds ranges that share a value', async () => {
  expect(await idsOf(screenings().overlaps('seats', '[8,12)'))).toEqual([1, 2, 4])
})
