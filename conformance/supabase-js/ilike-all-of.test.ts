import { expect, test } from 'vitest'

import { films, idsOf } from './cinema/client.ts'

test('finds what matches every pattern in any capitals', async () => {
  expect(await idsOf(films().ilikeAllOf('title', ['%OF%', 'm%']))).toEqual([3])
})
