import { expect, test } from 'vitest'

import { codeDigestOf, isCodeOf, isTestRecipient, newCode } from './codes.ts'

test.each([
  ['ada+clerk_test@example.com', true],
  ['ada+clerk_test7@example.com', true],
  ['ada@clerk_test.example.com', false],
  ['ada@example.com', false],
  ['+12015550100', true],
  ['+12015550199', true],
  ['+12015550200', false],
  ['+442015550100', false],
])('%s is for tests: %s', (recipient, expected) => {
  expect(isTestRecipient(recipient)).toBe(expected)
})

test('a test recipient has the well-known code in test mode alone; anybody else has six digits', () => {
  expect(newCode('ada+clerk_test@example.com', true)).toBe('424242')
  const codes = new Set(Array.from({ length: 20 }, () => newCode('ada+clerk_test@example.com', false)))
  expect(codes.size).toBeGreaterThan(1)
  expect(newCode('ada@example.com', true)).toMatch(/^\d{6}$/)
})

test('a code is of one verification', () => {
  const digest = codeDigestOf('ver_1', '123456')
  expect(isCodeOf('ver_1', '123456', digest)).toBe(true)
  expect(isCodeOf('ver_2', '123456', digest)).toBe(false)
  expect(isCodeOf('ver_1', '123457', digest)).toBe(false)
})
