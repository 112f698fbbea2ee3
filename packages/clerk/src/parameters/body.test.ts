import { expect, test } from 'vitest'

import {
  clearableText,
  optionalChoice,
  optionalFlag,
  optionalInteger,
  optionalObject,
  optionalTime,
  requireBody,
  requireText,
  texts,
} from './body.ts'

test.each<[refused: string, read: () => unknown, code: string]>([
  ['a body that is a list', () => requireBody([], []), 'request_body_invalid'],
  ['an unknown parameter', () => requireBody({ a: 1, b: 2 }, ['a']), 'form_param_unknown'],
  ['a missing text', () => requireText({}, 'a'), 'form_param_missing'],
  ['an empty text', () => requireText({ a: '' }, 'a'), 'form_param_missing'],
  ['a text that is a number', () => requireText({ a: 1 }, 'a'), 'form_param_type_invalid'],
  ['a text with NUL', () => requireText({ a: 'x\0' }, 'a'), 'form_param_format_invalid'],
  ['a text that is too long', () => requireText({ a: 'xxx' }, 'a', 2), 'form_param_max_length_exceeded'],
  ['a list with a number in it', () => texts({ a: ['x', 1] }, 'a'), 'form_param_type_invalid'],
  ['a flag that is a text', () => optionalFlag({ a: 'true' }, 'a'), 'form_param_type_invalid'],
  ['half an integer', () => optionalInteger({ a: 1.5 }, 'a', 0, 9), 'form_param_type_invalid'],
  ['too large an integer', () => optionalInteger({ a: 10 }, 'a', 0, 9), 'form_param_value_too_large'],
  ['too small an integer', () => optionalInteger({ a: -1 }, 'a', 0, 9), 'form_param_value_invalid'],
  ['an object that is a list', () => optionalObject({ a: [] }, 'a'), 'form_param_type_invalid'],
  ['a time that is a date', () => optionalTime({ a: '2022-10-20' }, 'a'), 'form_param_invalid_time'],
  ['a choice that is none', () => optionalChoice({ a: 'z' }, 'a', ['x', 'y']), 'form_param_value_invalid'],
])('%s is refused', (_refused, read, code) => {
  expect(read).toThrow(expect.objectContaining({ name: 'ClerkRefusal', code }))
})

test('what was not sent is undefined and what was sent as null is null', () => {
  expect(clearableText({}, 'a')).toBeUndefined()
  expect(clearableText({ a: null }, 'a')).toBeNull()
  expect(clearableText({ a: '' }, 'a')).toBeNull()
  expect(texts({ a: 'lone' }, 'a')).toEqual(['lone'])
  expect(requireBody(undefined, [])).toEqual({})
  expect(optionalTime({ a: '2022-10-20T07:15:20.902Z' }, 'a')).toBe(Date.parse('2022-10-20T07:15:20.902Z'))
})
