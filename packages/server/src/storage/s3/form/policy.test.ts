import { describe, expect, test } from 'vitest'

import { isRefusal } from '../../../refusal/refusal.ts'
import { assertAllowed, parsePolicy } from './policy.ts'

const NOW = Date.parse('2026-01-02T03:04:05Z')
const FIELDS = { bucket: 'files', key: 'mine/a.txt', policy: '…', 'x-amz-meta-by': 'me' }
const CONDITIONS = [{ bucket: 'files' }, ['starts-with', '$key', 'mine/'], ['eq', '$x-amz-meta-by', 'me']]

function verdict(
  conditions: unknown,
  fields: Readonly<Record<string, string>> = FIELDS,
  expiration = '2026-01-03T00:00:00Z',
) {
  try {
    const policy = parsePolicy(Buffer.from(JSON.stringify({ expiration, conditions })).toString('base64'))
    return assertAllowed(policy, new Map(Object.entries(fields)), NOW)
  } catch (error) {
    if (!isRefusal(error)) throw error
    return error.code
  }
}

test('a form that says what its policy wants is allowed', () => {
  expect(verdict(CONDITIONS)).toEqual({ least: 0, most: Infinity })
})

test('names of fields count in any case', () => {
  expect(verdict([...CONDITIONS.slice(0, 2), { 'X-Amz-Meta-By': 'me' }])).toEqual({ least: 0, most: Infinity })
})

test('the narrowest bounds of the size hold', () => {
  const ranges = [
    ['content-length-range', 1, 100],
    ['content-length-range', '5', '200'],
  ]
  expect(verdict([...CONDITIONS, ...ranges])).toEqual({ least: 5, most: 100 })
})

test('a field that the policy does not mention is allowed where its name says that it is to be ignored', () => {
  expect(verdict(CONDITIONS, { ...FIELDS, 'x-ignore-me': 'x' })).toEqual({ least: 0, most: Infinity })
})

describe('refused is a form', () => {
  test.each([
    ['for another bucket', { bucket: 'other' }],
    ['for a key elsewhere', { key: 'yours/a.txt' }],
    ['with another value', { 'x-amz-meta-by': 'you' }],
    ['with a field that the policy does not mention', { 'x-amz-meta-more': 'x' }],
  ])('%s', (_what, fields) => {
    expect(verdict(CONDITIONS, { ...FIELDS, ...fields })).toBe('s3.policy-refused')
  })

  test('without a field that the policy mentions', () => {
    expect(verdict([...CONDITIONS, ['starts-with', '$acl', '']])).toBe('s3.policy-refused')
  })

  test('whose policy is over', () => {
    expect(verdict(CONDITIONS, FIELDS, '2026-01-02T03:04:04Z')).toBe('s3.signature-expired')
  })

  test.each([
    ['no expiry', undefined, CONDITIONS],
    ['an expiry that is no time', 'soon', CONDITIONS],
    ['no conditions', '2026-01-03T00:00:00Z', undefined],
    ['a condition of two fields', '2026-01-03T00:00:00Z', [{ a: 'b', c: 'd' }]],
    ['an operator that nobody knows', '2026-01-03T00:00:00Z', [['ends-with', '$key', 'x']]],
    ['a size that is none', '2026-01-03T00:00:00Z', [['content-length-range', -1, 5]]],
  ])('whose policy has %s', (_what, expiration, conditions) => {
    const policy = Buffer.from(JSON.stringify({ expiration, conditions })).toString('base64')
    expect(() => parsePolicy(policy)).toThrow('s3.signature-malformed')
  })
})

test('a policy that is no JSON is refused', () => {
  expect(() => parsePolicy('????')).toThrow('s3.signature-malformed')
})
