import { expect, test } from 'vitest'

import { maskedIdentifier } from './mask.ts'

test.each([
  ['ada@example.com', 'a***@example.com'],
  ['a@example.com', 'a***@example.com'],
  ['+12015550123', '+*********23'],
  ['ada_lovelace', 'a***'],
])('%s is shown as %s', (identifier, expected) => {
  expect(maskedIdentifier(identifier)).toBe(expected)
})
