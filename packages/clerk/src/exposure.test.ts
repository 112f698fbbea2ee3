import { expect, test } from 'vitest'

import { requirePrivate } from './exposure.ts'

test.each(['127.0.0.1', '127.9.9.9', '::1', 'localhost'])('%s is private', (host) => {
  expect(() => requirePrivate(host, 'development', false)).not.toThrow()
})

test.each(['0.0.0.0', '::', '192.168.1.4', 'example.com', ''])('%s is refused without leave', (host) => {
  expect(() => requirePrivate(host, undefined, false)).toThrow(/exposure_not_allowed.*clerk\.allow_production/)
  expect(() => requirePrivate(host, undefined, true)).not.toThrow()
})

test('NODE_ENV=production is refused without leave, even on loopback', () => {
  expect(() => requirePrivate('127.0.0.1', 'production', false)).toThrow(/NODE_ENV/)
  expect(() => requirePrivate('127.0.0.1', 'production', true)).not.toThrow()
})
