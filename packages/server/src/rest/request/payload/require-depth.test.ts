import { expect, test } from 'vitest'

import { requireDepth } from './require-depth.ts'

test.each([
  ['nesting up to the bound', '[{"a":[]}]'],
  ['brackets within strings', '["[[[[[[", "\\"[[[[", "\\\\"]'],
  ['many brackets side by side', `[${'[],'.repeat(100)}[]]`],
  ['what is no JSON at all', ']]]]'],
])('%s passes', (_what, raw) => {
  expect(() => requireDepth(raw, 3)).not.toThrow()
})

test.each([
  ['one level too many', '[[[[]]]]'],
  ['a hundred thousand levels', '['.repeat(100_000)],
  ['objects within arrays', '[{"a":[{"b":1}]}]'],
  ['brackets after a string that ends in an escaped backslash', '["\\\\",[[[]]]]'],
])('%s is refused', (_what, raw) => {
  expect(() => requireDepth(raw, 3)).toThrow(
    expect.objectContaining({ code: 'request.limit-exceeded', detail: { limit: 'json-depth', maximum: 3 } }),
  )
})
