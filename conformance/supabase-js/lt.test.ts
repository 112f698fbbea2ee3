import { expect, test } from 'vitest'

import { films, idsOf } from './cinema/client.ts'

test('finds smaller values', async () => {
  expect(await idsOf(films().lt('year', 1985))).toEqual([1])
})
