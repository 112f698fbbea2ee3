import { expect, test } from 'vitest'

import { films, idsOf } from './cinema/client.ts'

test('matches a pattern in any capitals', async () => {
  expect(await idsOf(films().ilike('title', 'para%'))).toEqual([4])
})
