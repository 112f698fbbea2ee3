import { expect, test } from 'vitest'

import { backendPath } from './backend-path.ts'

test.each([
  ['/platform/v1/clerk/default/users', 'users'],
  ['/platform/v1/clerk/default/users/user_1/metadata?a=b%2F..&c=/../', 'users/user_1/metadata?a=b%2F..&c=/../'],
  ['/platform/v1/clerk/shop/clerk/default/users', 'clerk/default/users'],
  ['/clerk/default/users?email_address=a%2Bb@example.com', 'users?email_address=a%2Bb@example.com'],
])('%s is for %s', (url, path) => {
  expect(backendPath(url)).toBe(path)
})

test.each([
  '../v1/users',
  'users/../../oauth',
  'users/%2e%2e/%2E%2E/secret',
  'users/.%2e/x',
  './users',
  'users//',
  '/evil.example/users',
  'users%2f..%2f..',
  String.raw`users\..\..`,
  'users%5c..',
  'users%0d%0ahost:x',
  'users/%',
  '',
])('an address that leads elsewhere is refused: %j', (below) => {
  expect(() => backendPath(`/platform/v1/clerk/default/${below}`)).toThrow(
    expect.objectContaining({ code: 'platform.clerk-path' }),
  )
})
