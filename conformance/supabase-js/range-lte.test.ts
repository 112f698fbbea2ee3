import { expect, test } from 'vitest'

import { screenings, idsOf } from './cinema/client.ts'

test('finds ranges that do not end after another', async () => {
  expect(await idsOf(screenings().rangeLte('seats', '[11,21)'))).toEqual([1, 2])
})
