import { expect, test } from 'vitest'

import { nextPath } from './next-path.ts'

test.each([
  ['/tables/public?filter=a', '/tables/public?filter=a'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['/\t/evil.example', '/'],
  ['/.//evil.example', '/'],
  ['https://evil.example/', '/'],
  ['javascript:alert(1)', '/'],
  ['/sign-out', '/'],
  [undefined, '/'],
])('after signing in, %j leads to %s', (wanted, path) => {
  expect(nextPath(wanted)).toBe(path)
})
