import { expect, test } from 'vitest'

import { films, idsOf } from './cinema/client.ts'

test('finds what differs, null included', async () => {
  expect(await idsOf(films().isDistinct('year', 2019))).toEqual([1, 2, 3, 5])
})

test('compares JSON paths too', async () => {
  expect(await idsOf(films().isDistinct('info->>runtime', '132'))).toEqual([1, 2, 5])
})
