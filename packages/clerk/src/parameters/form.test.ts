import { expect, test } from 'vitest'

import { ClerkRefusal } from '../refusal/clerk-refusal.ts'
import { bodyOfForm, formObject } from './form.ts'

test('a key that repeats is a list, with or without brackets', () => {
  expect(bodyOfForm(new URLSearchParams('a=1&b=2&a=3&c[]=4&c[]=5&d[]=6&__proto__=7'))).toEqual(
    Object.fromEntries([
      ['a', ['1', '3']],
      ['b', '2'],
      ['c', ['4', '5']],
      ['d', '6'],
      ['__proto__', '7'],
    ]),
  )
})

test('as many fields as a body holds are read well within the time of a test', () => {
  const many = Array.from({ length: 100_000 }, (_, index) => `k${index}=`).join('&')
  expect(Object.keys(bodyOfForm(new URLSearchParams(many)))).toHaveLength(100_000)
})

const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`

test('an object in a form nests no deeper than one in a body of JSON', () => {
  expect(formObject({ metadata: nested(100) }, 'metadata')).toBeTypeOf('object')
  expect(() => formObject({ metadata: nested(101) }, 'metadata')).toThrow(ClerkRefusal)
})
