import { expect, test } from 'vitest'

import { linesOfInstance, renderStatus } from './status-lines.ts'

test('the shell form survives eval, whatever a value holds', () => {
  expect(renderStatus({ DB_URL: 'a"b$c`d\\e' }, 'env')).toBe('DB_URL="a\\"b\\$c\\`d\\\\e"')
})

test('the readable form spells abbreviations as people do', () => {
  expect(renderStatus({ CLERK_API_URL: 'http://x', JWT_SECRET: 's' }, 'pretty')).toBe(
    '  Clerk API URL  http://x\n  JWT secret     s',
  )
})

test('the JSON form holds the same names and values', () => {
  expect(JSON.parse(renderStatus({ API_URL: 'http://x' }, 'json'))).toEqual({ API_URL: 'http://x' })
})

const shop = { CLERK_SECRET_KEY: 'sk_test_shop' }
const several = { API_URL: 'http://x', CLERK_SECRET_KEY: 'sk_test_first', CLERK_INSTANCES: JSON.stringify({ shop }) }

test('further Clerk instances are listed by name for reading, and as JSON for programs', () => {
  expect(renderStatus(several, 'pretty')).toBe(
    [
      '  API URL                   http://x',
      '  Clerk secret key          sk_test_first',
      '  Clerk secret key of shop  sk_test_shop',
    ].join('\n'),
  )
  expect(renderStatus(several, 'env')).toContain('CLERK_INSTANCES="{\\"shop\\":')
})

test('the variables of one instance stand where the default one’s stood', () => {
  expect(linesOfInstance(several, 'shop')).toEqual({ API_URL: 'http://x', ...shop })
  expect(linesOfInstance(several, 'default')).toEqual({ API_URL: 'http://x', CLERK_SECRET_KEY: 'sk_test_first' })
  expect(linesOfInstance(several, 'constructor')).toBeNull()
})
