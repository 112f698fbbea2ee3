import { expect, test } from 'vitest'

import { films, idsOf } from './cinema/client.ts'

test('finds what matches one pattern in any capitals', async () => {
  expect(await idsOf(films().ilikeAnyOf('title', ['PARA%', 'vaga%', 'nothing']))).toEqual([2, 4])
})
