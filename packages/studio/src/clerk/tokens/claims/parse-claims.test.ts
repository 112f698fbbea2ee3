import { expect, test } from 'vitest'

import { parseClaims, printClaims } from './parse-claims.ts'

test('an object of claims is read, and an empty text has none', () => {
  expect(parseClaims('{"role": "authenticated", "deep": {"er": [1]}}', ['sub'])).toEqual({
    claims: { role: 'authenticated', deep: { er: [1] } },
  })
  expect(parseClaims('  ', ['sub'])).toEqual({ claims: {} })
})

test.each<[what: string, text: string, problem: RegExp]>([
  ['a list', '[1]', /one JSON object/],
  ['null', 'null', /one JSON object/],
  ['a reserved claim', '{"sub": "x"}', /“sub” is a default claim/],
  ['a comma too many, with its place', '{\n  "a": 1,\n}', /not JSON: .*line 3, column 1/],
  ['an end too early', '{"a": ', /not JSON: /],
])('%s is told', (_what, text, problem) => {
  expect(parseClaims(text, ['sub'])).toEqual({ claims: null, problem: expect.stringMatching(problem) })
})

test('a reserved name deeper inside is free', () => {
  expect(parseClaims('{"a": {"sub": 1}}', ['sub']).problem).toBeUndefined()
})

test('printed claims are read again', () => {
  const claims = { a: '{{user.id}}', b: [null, 1] }
  expect(parseClaims(printClaims(claims), []).claims).toEqual(claims)
})
