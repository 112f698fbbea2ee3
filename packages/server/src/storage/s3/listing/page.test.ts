import { expect, test } from 'vitest'

import { afterAllBeneath, fromMarker } from './page.ts'

test.each([
  ['a/', 'a0'],
  ['é', 'ê'],
  ['\u{d7ff}', '\u{e000}'],
  ['a\u{10ffff}', 'b'],
  ['\u{10ffff}', null],
  ['', null],
])('behind all that begins with %j comes %j', (beginning, expected) => {
  expect(afterAllBeneath(beginning)).toBe(expected)
})

test('a listing goes on behind a name with the next one', () => {
  expect(fromMarker('a/b', { prefix: '', delimiter: '' })).toBe('a/b\u0001')
  expect(fromMarker('a/b', { prefix: '', delimiter: '/' })).toBe('a/b\u0001')
})

test('a listing with folders goes on behind a folder with what is not in it', () => {
  expect(fromMarker('a/', { prefix: '', delimiter: '/' })).toBe('a0')
  expect(fromMarker('a/b/', { prefix: 'a/', delimiter: '/' })).toBe('a/b0')
})

test('the end of a deeper folder is a name as every other', () => {
  expect(fromMarker('a/b/', { prefix: '', delimiter: '/' })).toBe('a/b/\u0001')
})
