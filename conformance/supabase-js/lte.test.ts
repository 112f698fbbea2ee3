import { expect, test } from 'vitest'

import { films, idsOf } from './cinema/client.ts'

test('finds smaller and equal values', async () => {
  expect(await idsOf(films().lte('year', 1985))).toEqual([1, 2])
})
