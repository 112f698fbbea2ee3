import { expect, test } from 'vitest'

import { screenings, idsOf } from './cinema/client.ts'

test('finds ranges that do not begin before another', async () => {
  expect(await idsOf(screenings().rangeGte('seats', '[11,21)'))).toEqual([2, 3])
})
