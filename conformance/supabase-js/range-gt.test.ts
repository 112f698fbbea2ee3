import { expect, test } from 'vitest'

import { screenings, idsOf } from './cinema/client.ts'

test('finds ranges wholly after another', async () => {
  expect(await idsOf(screenings().rangeGt('seats', '[1,11)'))).toEqual([2, 3])
})
