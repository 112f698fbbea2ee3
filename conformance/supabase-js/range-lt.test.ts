import { expect, test } from 'vitest'

import { screenings, idsOf } from './cinema/client.ts'

test('finds ranges wholly before another', async () => {
  expect(await idsOf(screenings().rangeLt('seats', '[21,31)'))).toEqual([1, 2])
})
