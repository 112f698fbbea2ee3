import { describe, expect, test } from 'vitest'
import { Refusal } from '../../../refusal/refusal.ts'
import { canonicalQuery } from './canonical-query.ts'
import { decodeFormText, decodeSegment, splitForm } from './decode.ts'

describe('form decoding', () => {
  test.each([
    ['a+b', 'a b'],
    ['a%20b', 'a b'],
    ['a%2Bb', 'a+b'],
    ['%C3%A9', 'é'],
    ['\u00c3\u00a9', 'é'],
    ['100%', '100%'],
    ['%zz%41', '%zzA'],
    ['%4', '%4'],
    ['%F0%9F%90%98', '🐘'],
    ['%00', '\0'],
  ])('%s reads as %s', (text, decoded) => {
    expect(decodeFormText(text, 'query')).toBe(decoded)
  })

  test.each(['%ff', '%C3', '%ED%A0%80', '\u00e9'])('%s is refused: its bytes are no UTF-8', (text) => {
    expect(() => decodeFormText(text, 'query')).toThrow(new Refusal('request.encoding-invalid', { where: 'query' }))
  })

  test('bytes that are no UTF-8 in a path name nothing, without refusal', () => {
    expect(decodeSegment('caf%ff+1')).toBe('caf\ufffd+1')
  })

  test('pairs are split at & and ;, a key without = has no value, a trailing separator says nothing', () => {
    expect(splitForm('a=1&b&c=&a=x=y;d=2&', 'query')).toEqual([
      ['a', '1'],
      ['b', null],
      ['c', ''],
      ['a', 'x=y'],
      ['d', '2'],
    ])
    expect(splitForm('', 'query')).toEqual([])
  })
})

describe('the canonical query', () => {
  test.each([
    ['b=eq.1&a=eq.1', 'a=eq.1&b=eq.1'],
    ['a=1&c=3&b=2&d', 'a=1&b=2&c=3&d='],
    ['select=*,a:b!inner(c)', 'select=%2A%2Ca%3Ab%21inner%28c%29'],
    ['b=2&a=gt.1&a=lt.5', 'a=gt.1&a=lt.5&b=2'],
    ['name=eq.%C3%A9+~', 'name=eq.%C3%A9%20~'],
  ])('of %s is %s', (query, canonical) => {
    expect(canonicalQuery(splitForm(query, 'query'))).toBe(canonical)
  })
})
