import { expect, test } from 'vitest'

import { films, idsOf } from './cinema/client.ts'

test('finds what matches every pattern', async () => {
  expect(await idsOf(films().likeAllOf('title', ['%of%', 'M%']))).toEqual([3])
})

test('finds nothing where one pattern does not match', async () => {
  expect(await idsOf(films().likeAllOf('title', ['%of%', 'P%']))).toEqual([])
})
