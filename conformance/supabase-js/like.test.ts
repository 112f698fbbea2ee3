import { expect, test } from 'vitest'

import { films, idsOf } from './cinema/client.ts'

test('matches a pattern as it is written', async () => {
  expect(await idsOf(films().like('title', 'Para%'))).toEqual([4])
})

test('tells capitals from small letters', async () => {
  expect(await idsOf(films().like('title', 'para%'))).toEqual([])
})

test('takes an asterisk for a percent sign', async () => {
  expect(await idsOf(films().like('title', '*of*'))).toEqual([3])
})
