import { expect, test } from 'vitest'

import { films, idsOf } from './cinema/client.ts'

test('compares several columns at once', async () => {
  expect(await idsOf(films().match({ year: 2003, rating: 'R' }))).toEqual([3])
})

test('leaves out what is undefined', async () => {
  expect(await idsOf(films().match({ year: 2003, rating: undefined }))).toEqual([3])
})
