import { expect, test } from 'vitest'

import { films, idsOf } from './cinema/client.ts'

test('finds the rows whose column differs, none of which is null', async () => {
  expect(await idsOf(films().neq('year', 2019))).toEqual([1, 2, 3])
})
