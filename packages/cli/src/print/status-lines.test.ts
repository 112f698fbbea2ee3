import { expect, test } from 'vitest'

import { renderStatus } from './status-lines.ts'

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
