import { expect, test } from 'vitest'

import { films, idsOf } from './cinema/client.ts'

test('finds greater values, and joins with other filters by AND', async () => {
  expect(await idsOf(films().gt('year', 1962).lte('year', 2003))).toEqual([2, 3])
})
