import { expect, test } from 'vitest'

import { nestingOf } from './json-nesting.ts'

test.each<[text: string, depth: number]>([
  ['1', 0],
  ['{}', 1],
  ['{"a":[{"b":1},[2]]}', 3],
  [String.raw`{"[[[\"[[":"\\"}`, 1],
  ['[[[[', 4],
])('%s nests %i deep', (text, depth) => {
  expect(nestingOf(text)).toBe(depth)
})
