import { expect, test } from 'vitest'

import { onOneLine } from './on-one-line.ts'

test.each([
  ['one\ntwo', 'one↵two'],
  ['one\r\n\r\ntwo\r', 'one↵↵two↵'],
  ['a  b\tc', 'a  b\tc'],
])('%j is shown as %j in a cell', (text, shown) => {
  expect(onOneLine(text)).toBe(shown)
})
