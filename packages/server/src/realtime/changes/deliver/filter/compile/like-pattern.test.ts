import { expect, test } from 'vitest'

import { likePattern } from './like-pattern.ts'

test.each([
  ['%b%', 'abc', true],
  ['a_c', 'abc', true],
  ['%ab%abc', 'ababab', false],
])('%s is held against %s', (pattern, text, answer) => {
  expect(likePattern(pattern)?.(text)).toBe(answer)
})

test('what might take long is left to Postgres, whoever wrote the pattern and the text', () => {
  const matches = likePattern(`%${'a'.repeat(10_000)}b`)
  expect(matches?.('a'.repeat(300_000))).toBeUndefined()
})
