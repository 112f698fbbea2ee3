import { expect, test } from 'vitest'

import { runAs } from './run-as.ts'

test.each([
  [null, true],
  [{ role: 'authenticated', claims: { sub: 'user_1' } }, true],
  [{ role: 'none' }, false],
  [{ role: '' }, false],
])('whether %j is somebody to ask as: %s', (as, isSomebody) => {
  expect(runAs.safeParse(as).success).toBe(isSomebody)
})
