import { expect, test } from 'vitest'

import { ignoresDots, isSubaddress, listedForms, withoutDots } from './email-forms.ts'

test.each([
  ['ada@example.com', false],
  ['ada+work@example.com', true],
  ['ada=work@example.com', true],
  ['ada#work@example.com', true],
  ['ada+clerk_test@example.com', false],
  ['ada+work+clerk_test@example.com', true],
  ['ada+clerk_test_more@example.com', true],
  ['ada@a+b.example.com', false],
])('%s is a subaddress: %s', (address, expected) => {
  expect(isSubaddress(address)).toBe(expected)
})

test('dots count, but not before the @ of a Gmail address', () => {
  expect(['a.b@gmail.com', 'a.b@googlemail.com', 'a.b@example.com'].map(ignoresDots)).toEqual([true, true, false])
  expect(withoutDots('a.d.a@gmail.com')).toBe('ada@gmail.com')
})

test('a list means an address by itself or by its domain', () => {
  expect(listedForms('ada@example.com')).toEqual(['ada@example.com', '*@example.com'])
})
