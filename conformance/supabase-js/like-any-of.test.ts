import { expect, test } from 'vitest'

import { films, idsOf } from './cinema/client.ts'

test('finds what matches one pattern', async () => {
  expect(await idsOf(films().likeAnyOf('title', ['Para%', 'Vaga%']))).toEqual([2, 4])
})

test('tells capitals from small letters', async () => {
  expect(await idsOf(films().likeAnyOf('title', ['para%', 'Vaga%']))).toEqual([2])
})
