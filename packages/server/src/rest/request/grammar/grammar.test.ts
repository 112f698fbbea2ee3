import { describe, expect, test } from 'vitest'
import { Refusal } from '../../../refusal/refusal.ts'
import { filterCondition } from './filter.ts'
import { logicTree } from './logic.ts'
import { jsonPath, name, names } from './names.ts'
import { orderTerms } from './order.ts'
import { parseText, type Parser } from './parser.ts'
import { selection } from './select.ts'

function read<Value>(parser: Parser<Value>, text: string): Value {
  return parseText(parser, text, { what: 'text', maximumDepth: 50 })
}

function refusalOf(parser: Parser<unknown>, text: string): readonly [column: number, expectation: string] {
  try {
    read(parser, text)
  } catch (thrown) {
    if (thrown instanceof Refusal && thrown.code === 'request.query-malformed') {
      const { detail } = thrown as Refusal<'request.query-malformed'>
      return [detail.column, detail.expectation]
    }
    throw thrown
  }
  throw new Error(`${text} is accepted`)
}

const afterField = 'letter, digit, "-", "->>", "->", "::", ".", ")", "," or end of input'
const anyOperator = 'operator (eq, gt, ...)'
const fieldName = 'field name (* or [a..z0..9_$])'
const directions = '"asc", "desc", "nullsfirst" or "nullslast"'

// Where PostgREST stops, and what it says there: from the examples in its documentation and its tests.
const refused: readonly [grammar: string, text: string, Parser<unknown>, column: number, expectation: string][] = [
  ['select', 'name!hint', selection, 5, `unexpected '!' expecting ${afterField}`],
  ['select', 'id,*!hint', selection, 5, `unexpected '!' expecting ")", "," or end of input`],
  ['select', 'name::', selection, 7, 'unexpected end of input expecting letter or digit'],
  ['select', 'id,clients(name[])', selection, 16, `unexpected '[' expecting ${afterField}`],
  ['select', 'data->>-78xy', selection, 11, `unexpected 'x' expecting digit, "->", "::", ".", "," or end of input`],
  ['select', 'data->>--34', selection, 9, 'unexpected "-" expecting digit'],
  [
    ...(['select', 'data->(!@#$%^&*_d->>!@#$%^&*_e::integer', selection, 7] as const),
    'unexpected "(" expecting "-", digit or any non reserved character different from: .,>()',
  ],
  ['name', ':', name, 1, `unexpected ":" expecting ${fieldName}`],
  ['columns', '', names, 1, `unexpected end of input expecting ${fieldName}`],
  ['JSON path', '->>-78xy', jsonPath, 7, `unexpected 'x' expecting digit, "->", "::", ".", "," or end of input`],
  ['JSON path', '->>--34', jsonPath, 5, 'unexpected "-" expecting digit'],
  ['JSON path', '->>-xy-4', jsonPath, 5, 'unexpected "x" expecting digit'],
  ['filter', 'fts().value', filterCondition, 5, `unexpected ")" expecting ${anyOperator}`],
  ['filter', 'eq().value', filterCondition, 4, `unexpected ")" expecting ${anyOperator}`],
  ['filter', 'is().value', filterCondition, 3, `unexpected "(" expecting ${anyOperator}`],
  ['filter', 'in().value', filterCondition, 3, `unexpected "(" expecting ${anyOperator}`],
  ['filter', 'noop.0', filterCondition, 1, `unexpected "o" expecting "not" or ${anyOperator}`],
  ['filter', 'val', filterCondition, 1, `unexpected "v" expecting "not" or ${anyOperator}`],
  ['filter', '0', filterCondition, 1, `unexpected "0" expecting "not" or ${anyOperator}`],
  [
    'order',
    'clients(name,id)',
    orderTerms,
    8,
    `unexpected '(' expecting letter, digit, "-", "->>", "->", delimiter (.), "," or end of input`,
  ],
  ['order', 'id.ac', orderTerms, 4, `unexpected "c" expecting ${directions}`],
  ['order', 'id.descc', orderTerms, 8, `unexpected 'c' expecting delimiter (.), "," or end of input`],
  ['order', 'id.nulsfist', orderTerms, 4, `unexpected "n" expecting ${directions}`],
  ['order', 'id.nullslasttt', orderTerms, 13, `unexpected 't' expecting "," or end of input`],
  ['order', 'id.smth34', orderTerms, 4, `unexpected "s" expecting ${directions}`],
  ['order', 'id.asc.nlsfst', orderTerms, 8, 'unexpected "l" expecting "nullsfirst" or "nullslast"'],
  ['order', 'id.asc.nullslasttt', orderTerms, 17, `unexpected 't' expecting "," or end of input`],
  ['order', 'id.asc.smth34', orderTerms, 8, 'unexpected "s" expecting "nullsfirst" or "nullslast"'],
  [
    'logic',
    'or()',
    logicTree,
    4,
    `unexpected ")" expecting ${fieldName}, negation operator (not) or logic operator (and, or)`,
  ],
  ['logic', 'or(id.in.1,2,id.eq.3)', logicTree, 10, 'unexpected "1" expecting "("'],
  ['logic', 'or)(', logicTree, 3, 'unexpected ")" expecting "("'],
  ['logic', 'and(ord(id.eq.1,id.eq.1),id.eq.2)', logicTree, 7, 'unexpected "d" expecting "("'],
  ['logic', 'or(id.eq.1,not.xor(id.eq.2,id.eq.3))', logicTree, 16, 'unexpected "x" expecting logic operator (and, or)'],
]

describe('a text that breaks its grammar', () => {
  test.each(refused)('%s: %s', (_grammar, text, parser, column, expectation) => {
    expect(refusalOf(parser, text)).toEqual([column, expectation])
  })
})
