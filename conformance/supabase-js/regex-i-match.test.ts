import { expect, test } from 'vitest'

import { films, idsOf } from './cinema/client.ts'

test('finds what matches a regular expression in any capitals', async () => {
  expect(await idsOf(films().regexIMatch('title', '^p'))).toEqual([4])
})
