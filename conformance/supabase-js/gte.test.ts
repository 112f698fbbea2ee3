import { expect, test } from 'vitest'

import { films, idsOf } from './cinema/client.ts'

test('finds greater and equal values', async () => {
  expect(await idsOf(films().gte('year', 2003))).toEqual([3, 4])
})
