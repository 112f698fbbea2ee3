import { expect, test } from 'vitest'

import { mergedField, mergeMetadata, replacedField } from './metadata.ts'

test('a merge goes to every depth, and null takes a key away', () => {
  const existing = { keep: 1, gone: 2, deep: { a: 1, b: { c: 1 } }, list: [1, 2] }
  const change = { gone: null, deep: { b: { c: null, d: 2 } }, list: [3], fresh: { x: null, y: 1 } }
  expect(mergeMetadata(existing, change)).toEqual({ keep: 1, deep: { a: 1, b: { d: 2 } }, list: [3], fresh: { y: 1 } })
  expect(existing.deep).toEqual({ a: 1, b: { c: 1 } })
})

test('a field that was not sent is left alone, and null empties only where it replaces', () => {
  expect(mergedField({}, 'm', { a: 1 })).toBeUndefined()
  expect(mergedField({ m: null }, 'm', { a: 1 })).toBeUndefined()
  expect(replacedField({}, 'm')).toBeUndefined()
  expect(replacedField({ m: null }, 'm')).toEqual({})
  expect(replacedField({ m: { b: 1 } }, 'm')).toEqual({ b: 1 })
})
