import { describe, expect, test } from 'vitest'
import { Refusal } from '../../../refusal/refusal.ts'
import { jsonShape } from './json-shape.ts'

describe('the shape of JSON', () => {
  test.each([
    ['{}', { kind: 'object', keys: [] }],
    [' {"b": 1, "a": [1, {"c": "}"}], "b": null} ', { kind: 'object', keys: ['a', 'b'] }],
    ['{"caf\\u00e9": "\\"{[", "a\\"b": -0.5e+10}', { kind: 'object', keys: ['a"b', 'café'] }],
    ['[]', { kind: 'array', keys: [] }],
    ['[{"a":1,"b":2},{"b":3,"a":4}]', { kind: 'array', keys: ['a', 'b'] }],
    ['[{"a":1},{"a":1,"a":2}]', { kind: 'array', keys: ['a'] }],
    ['[{"a":1},{"b":1}]', { kind: 'array', keys: null }],
    ['[{"a":1},{}]', { kind: 'array', keys: null }],
    ['[1]', { kind: 'array', keys: null }],
    ['[{"a":1}, 2]', { kind: 'array', keys: null }],
    ['12345678901234567890', { kind: 'scalar' }],
    ['null', { kind: 'scalar' }],
    ['"{"', { kind: 'scalar' }],
  ])('of %s', (text, shape) => {
    expect(jsonShape(text, 10)).toEqual(shape)
  })

  test.each([
    '',
    ' ',
    '{',
    '}',
    '[1,]',
    '{"a":1,}',
    '{"a"}',
    '{a:1}',
    '{"a":1}{',
    '01',
    '1.',
    '.5',
    '+1',
    'nul',
    'NaN',
    '"\\x"',
    '"\\u12g4"',
    '"a\nb"',
    '"a',
    '"\\',
    "'a'",
    '[1 2]',
    '\ufeff{}',
    'sdfsdf',
    '{"a":1}\0',
  ])('%j is refused', (text) => {
    expect(() => jsonShape(text, 10)).toThrow(new Refusal('request.body-invalid', { reason: 'Empty or invalid json' }))
  })

  test('nesting beyond the bound is refused, at any depth without a fault', () => {
    expect(jsonShape('[[[]]]', 3)).toMatchObject({ kind: 'array' })
    expect(() => jsonShape('['.repeat(1_000_000), 256)).toThrow(
      new Refusal('request.limit-exceeded', { limit: 'json-depth', maximum: 256 }),
    )
  })
})
