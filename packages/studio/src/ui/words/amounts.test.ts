import { expect, test } from 'vitest'

import { counted, countText, sizeText } from './amounts.ts'

test.each([
  [null, '–'],
  [0, '0 bytes'],
  [1023, '1023 bytes'],
  [16_384, '16 kB'],
  [1_600, '1.6 kB'],
  [120_586_240, '115 MB'],
  [5e15, '4547 TB'],
])('%s bytes are %s', (bytes, text) => {
  expect(sizeText(bytes)).toBe(text)
})

test('counts are grouped by thousands', () => {
  expect([countText(1_000_000), countText(null)]).toEqual(['1,000,000', '–'])
})

test('one is one, and any other number is many', () => {
  expect([counted(1, 'row'), counted(0, 'row'), counted(1234, 'row')]).toEqual(['1 row', '0 rows', '1,234 rows'])
  expect([counted(1, 'RLS policy', 'RLS policies'), counted(2, 'RLS policy', 'RLS policies')]).toEqual([
    '1 RLS policy',
    '2 RLS policies',
  ])
})
