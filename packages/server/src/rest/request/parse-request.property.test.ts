import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Refusal } from '../../refusal/refusal.ts'
import { filterCondition } from './grammar/filter.ts'
import { field, filter, logic, name, order, select } from './grammar/generated-trees.ts'
import { logicTree } from './grammar/logic.ts'
import { treePath } from './grammar/names.ts'
import { orderTerms } from './grammar/order.ts'
import { parseText, type Parser } from './grammar/parser.ts'
import { printFilter, printLogic, printOrder, printSelect, printTarget } from './grammar/print-query.ts'
import { selection } from './grammar/select.ts'
import { parseRequest } from './parse-request.ts'
import { jsonShape } from './payload/json-shape.ts'
import { defaultRequestLimits, type RequestConfig } from './request-config.ts'

const seed = Number(process.env['TEST_SEED'] ?? Date.now() % 2 ** 31)
console.info(`fast-check seed ${seed} (TEST_SEED repeats it)`)
fc.configureGlobal({ seed, numRuns: 5000 })

function read<Value>(parser: Parser<Value>, text: string): Value {
  return parseText(parser, text, { what: 'text', maximumDepth: 50 })
}

/** Every generated value, printed and read, is itself again. */
function roundTrips<Value>(values: fc.Arbitrary<Value>, print: (value: Value) => string, parser: Parser<Value>): void {
  fc.assert(
    fc.property(values, (value) => {
      expect(read(parser, print(value))).toEqual(value)
    }),
  )
}

describe('what is printed reads as the same tree', () => {
  test('select', () => roundTrips(select, printSelect, selection))
  test('trees of and, or', () => roundTrips(logic, printLogic, logicTree))
  test('order', () => roundTrips(order, printOrder, orderTerms))

  test('filters', () => {
    fc.assert(
      fc.property(filter, ({ field: column, ...condition }) => {
        expect(read(filterCondition, printFilter({ field: column, ...condition }))).toEqual(condition)
      }),
    )
  })

  test('keys of filters', () => {
    fc.assert(
      fc.property(fc.array(name, { maxLength: 3 }), field, (path, column) => {
        expect(read(treePath, printTarget(path, column))).toEqual({ path, field: column })
      }),
    )
  })
})

const config: RequestConfig = {
  schemas: ['public'],
  root: { kind: 'describe' },
  transactionOverride: true,
  limits: defaultRequestLimits,
}

/** Nothing but a value or a Refusal comes out. */
async function survives(asked: { method?: string; path?: string; query?: string; body?: string }): Promise<void> {
  const { method = 'GET', path = '/t', query = '', body = '' } = asked
  const web = { method, path, query, headers: {}, body: () => Promise.resolve(Buffer.from(body)) }
  try {
    await parseRequest(web, config)
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown
  }
}

const grammarPiece = fc.constantFrom(
  ...[
    '(',
    ')',
    ',',
    '.',
    ':',
    '::',
    '!',
    '"',
    '\\',
    '{',
    '}',
    '->',
    '->>',
    '...',
    '*',
    '-',
    ' ',
    '+',
    '%',
    '%2',
    '%ff',
  ],
  ...[
    'not.',
    'and',
    'or',
    'eq.',
    'in.(',
    'is.',
    'fts(',
    'any',
    'count()',
    'sum()',
    'asc',
    'nullslast',
    '0',
    'a',
    'é',
    '🐘',
  ],
)
const grammarNoise = fc.array(grammarPiece, { maxLength: 20 }).map((pieces) => pieces.join(''))
const key = fc.constantFrom(
  'select',
  'order',
  'and',
  'not.or',
  'x.limit',
  'offset',
  'columns',
  'on_conflict',
  'a',
  'a.b',
)

/** A text with one piece put somewhere in it, or a part of it taken out. */
function mutated(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(text, fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(3), grammarPiece)
    .map(([whole, where, taken, piece]) => {
      const at = Math.floor(where * whole.length)
      return whole.slice(0, at) + piece + whole.slice(at + taken)
    })
}

describe('whatever comes is read or refused', () => {
  test('noise of the grammars under every key', async () => {
    const parameter = fc.tuple(key, grammarNoise).map(([left, right]) => `${left}=${right}`)
    await fc.assert(
      fc.asyncProperty(fc.array(parameter, { maxLength: 3 }), (all) => survives({ query: all.join('&') })),
    )
  })

  test('noise as keys, paths and methods', async () => {
    await fc.assert(
      fc.asyncProperty(grammarNoise, fc.string({ unit: 'binary' }), fc.string(), (left, right, method) =>
        survives({ query: `${left}=${right}`, path: `/${right}`, method: method || 'GET' }),
      ),
    )
  })

  test('valid texts with a mistake in them', async () => {
    const query = fc.oneof(
      mutated(select.map(printSelect)).map((text) => `select=${encodeURIComponent(text.toWellFormed())}`),
      mutated(logic.map(printLogic)).map((text) => `or=(${encodeURIComponent(text.toWellFormed())})`),
      mutated(order.map(printOrder)).map((text) => `order=${encodeURIComponent(text.toWellFormed())}`),
      mutated(filter.map(printFilter)).map((text) => `a=${encodeURIComponent(text.toWellFormed())}`),
    )
    await fc.assert(fc.asyncProperty(query, (text) => survives({ query: text })))
  })

  test('bodies', async () => {
    const body = fc.oneof(fc.string({ unit: 'binary' }), mutated(fc.json()), fc.json())
    await fc.assert(fc.asyncProperty(body, (text) => survives({ method: 'POST', body: text })))
  })
})

describe('the shape of JSON', () => {
  test('is there exactly where JSON.parse reads the text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), mutated(fc.json())), (text) => {
        expect(accepts(() => jsonShape(text, 1000))).toBe(accepts(() => JSON.parse(text)))
      }),
    )
  })

  test('has the keys that JSON.parse finds', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()), (value) => {
        const keys = Object.keys(value).toSorted()
        expect(jsonShape(JSON.stringify(value), 1000)).toEqual({ kind: 'object', keys })
        expect(jsonShape(JSON.stringify([value, value], null, 1), 1000)).toEqual({ kind: 'array', keys })
      }),
    )
  })
})

function accepts(parse: () => unknown): boolean {
  try {
    parse()
    return true
  } catch {
    return false
  }
}

describe('long hostile texts are read or refused in time', () => {
  const many = 200_000
  test.each([
    ['an opening of parentheses', `select=${'a('.repeat(many)}`],
    ['a tree without end', `and=${'(and'.repeat(many)}`],
    ['a list of blanks', `select=${' '.repeat(many)},`],
    ['dots', `${'a.'.repeat(many)}=eq.1`],
    ['quotes', `a=in.(${'"'.repeat(many)}`],
    ['backslashes', `a=in.("${'\\'.repeat(many)}`],
    ['dashes', `select=${'a-'.repeat(many)}`],
    ['arrows', `select=a${'->'.repeat(many)}`],
    ['percent signs', `a=eq.${'%'.repeat(many)}`],
    ['digits', `limit=${'9'.repeat(many)}&select=a->${'1'.repeat(many)}x`],
    ['exclamation marks', `select=a${'!b'.repeat(many)}(c)`],
    ['ampersands', '&'.repeat(many)],
  ])('%s', async (_, query) => {
    await survives({ query })
  })
})
