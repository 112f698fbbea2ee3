import { expect, test } from 'vitest'

import { flag, manyNumbers, manyValues, orderOf, pageOf, queryOf, signedChoices, signedIds, spanOf } from './query.ts'

const query = (text: string) => new URLSearchParams(text)
const newest = { column: 'created_at', direction: 'desc' } as const
const modes = (text: string) => signedChoices(query(text), 'mode', ['a', 'b'])
const orderText = (text: string) => orderOf(query(text), ['created_at', 'name'], newest)

test('a page is ten rows from the start unless the query says otherwise', () => {
  expect(pageOf(query(''))).toEqual({ limit: 10, offset: 0 })
  expect(pageOf(query('limit=500&offset=20'))).toEqual({ limit: 500, offset: 20 })
})

test.each(['limit=501', 'limit=0', 'limit=x', 'limit=-1', 'offset=1.5'])('the page %s is refused', (text) => {
  expect(() => pageOf(query(text))).toThrow(expect.objectContaining({ name: 'ClerkRefusal' }))
})

test('an order has a sign, and an unescaped plus has become a space', () => {
  expect(orderText('')).toEqual(newest)
  expect(orderText('order_by=-name')).toEqual({ column: 'name', direction: 'desc' })
  expect(orderText('order_by=name')).toEqual({ column: 'name', direction: 'asc' })
  expect(orderText('order_by=+name')).toEqual({ column: 'name', direction: 'asc' })
  expect(orderText('order_by=%2Bname')).toEqual({ column: 'name', direction: 'asc' })
  expect(() => orderText('order_by=password')).toThrow(/form_param_value_invalid/)
})

test('repeated keys are a list, with brackets or without', () => {
  expect(manyValues(query('a=1&a=2&a[]=3'), 'a')).toEqual(['1', '2', '3'])
  expect(() => manyValues(query('a=1&'.repeat(101)), 'a')).toThrow(/form_param_value_too_large/)
})

test('signs include and exclude, and numbers keep their plus', () => {
  expect(signedIds(query('id=a&id=%2Bb&id=+c&id=-d'), 'id')).toEqual({ include: ['a', 'b', 'c'], exclude: ['d'] })
  expect(manyNumbers(query('p=+15555550100&p=%2B4930'), 'p')).toEqual(['+15555550100', '+4930'])
})

test('choices may be excluded, too, and only the allowed ones', () => {
  expect(modes('mode=a&mode=-b')).toEqual({ include: ['a'], exclude: ['b'] })
  expect(() => modes('mode=-c')).toThrow(/form_param_value_invalid/)
})

test('flags and spans are read or refused', () => {
  expect(flag(query('a=true'), 'a')).toBe(true)
  expect(() => flag(query('a=1'), 'a')).toThrow(/form_param_type_invalid/)
  expect(spanOf(query('created_at_after=5'), 'created_at')).toEqual({ before: undefined, after: 5 })
})

test('the query of a target is everything after its first question mark', () => {
  expect([...queryOf('/v1/users?a=1&b=what?')]).toEqual([
    ['a', '1'],
    ['b', 'what?'],
  ])
  expect(queryOf('/v1/users').size).toBe(0)
})
