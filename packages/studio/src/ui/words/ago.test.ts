import { expect, test } from 'vitest'

import { ago } from './ago.ts'

test.each([
  [0, 'just now'],
  [9, 'just now'],
  [30, '30 seconds ago'],
  [90, '2 minutes ago'],
  [3600, '1 hour ago'],
  [86_400, 'yesterday'],
  [40 * 86_400, 'last month'],
  [800 * 86_400, '2 years ago'],
])('%i seconds before is %s', (seconds, words) => {
  expect(ago(0, seconds * 1000)).toBe(words)
})
