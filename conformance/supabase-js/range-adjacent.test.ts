import { expect, test } from 'vitest'

import { screenings, idsOf } from './cinema/client.ts'

test('finds ranges that touch another without sharing anything', async () => {
  expect(await idsOf(screenings().rangeAdjacent('seats', '[11,21)'))).toEqual([1, 3])
})
