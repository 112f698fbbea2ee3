import { expect, test } from 'vitest'

import { sizeInWords } from './size-in-words'

test.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [999, '999 bytes'],
  [1500, '1.5 kB'],
  [52_400_000, '52.4 MB'],
  [3_000_000_000, '3,000 MB'],
])('%i is %s', (bytes, words) => {
  expect(sizeInWords(bytes)).toBe(words)
})
