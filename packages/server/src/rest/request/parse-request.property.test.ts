import * as fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
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
// Seconds on a quiet core; generous for one that is shared.
vi.setConfig({ testTimeout: 120_000 })

function read<Value>(parser: Parser<Value>, text: string): Value {
  return parseText(parser, text, { what: 'text', maximumDepth: 50 })
}

describe('what is printed reads as the same tree', () => {
  test('select', () => {
    fc.assert(
      fc.property(select, (tree) => {
        expect(read(selection, printSelect(tree))).toEqual(tree)
      }),
    )
  })

  test('trees of and, or', () => {
    fc.assert(
      fc.property(logic, (tree) => {
        expect(read(logicTree, printLogic(tree))).toEqual(tree)
      }),
    )
  })

  test('order', () => {
    fc.assert(
      fc.property(order, (tree) => {
        expect(read(orderTerms, printOrder(tree))).toEqual(tree)
      }),
    )
  })

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

interface Asked {
  readonly method?: string
  readonly path?: string
  readonly query?: string
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** `read`, `refused`, or what was thrown that is no Refusal. */
async function outcomeOf(asked: Asked): Promise<unknown> {
  const { method = 'GET', path = '/t', query = '', body = '', headers = {} } = asked
  const web = { method, path, query, headers, body: () => Promise.resolve(Buffer.from(body)) }
  try {
    await parseRequest(web, config)
    return 'read'
  } catch (thrown) {
    return thrown instanceof Refusal ? 'refused' : thrown
  }
}

const outcomes = ['read', 'refused']

const pieces = `( ) , . : :: ! " \\ { } -> ->> ... * - + % %2 %ff not. and or eq. in.( is. fts( any count() sum() asc nullslast 0 a é 🐘`
const grammarPiece = fc.constantFrom(' ', ...pieces.split(' '))
const grammarNoise = fc.array(grammarPiece, { maxLength: 20 }).map((some) => some.join(''))
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

const parameters = fc.array(fc.tuple(key, grammarNoise), { maxLength: 3 })
const parametersAsked = parameters.map((pairs) => ({
  query: pairs.map(([left, right]) => `${left}=${right}`).join('&'),
}))
const noiseAsked = fc
  .record({ left: grammarNoise, right: fc.string({ unit: 'binary' }), method: fc.string({ minLength: 1 }) })
  .map(({ left, right, method }) => ({ query: `${left}=${right}`, path: `/${right}`, method }))

function mistaken(prefix: string, text: fc.Arbitrary<string>): fc.Arbitrary<Asked> {
  return mutated(text).map((mistake) => ({ query: prefix + encodeURIComponent(mistake.toWellFormed()) }))
}

const mistakesAsked = fc.oneof(
  mistaken('select=', select.map(printSelect)),
  mistaken(
    'or=',
    fc.array(logic.map(printLogic)).map((trees) => `(${trees.join(',')})`),
  ),
  mistaken('order=', order.map(printOrder)),
  mistaken('a=', filter.map(printFilter)),
)
const bodiesAsked = fc
  .oneof(fc.string({ unit: 'binary' }), mutated(fc.json()), fc.json())
  .map((body) => ({ method: 'POST', body }))

const csvPiece = fc.constantFrom('a', ',', '\n', '\r\n', '"', 'NULL', ' ', 'é', '')
const typedBodiesAsked = fc
  .record({
    type: fc.constantFrom(
      'text/csv',
      'application/x-www-form-urlencoded',
      'text/plain',
      'application/octet-stream',
      'x',
    ),
    body: fc.array(fc.oneof(csvPiece, fc.constantFrom('=', '&', ';', '%', '%ff', '+')), { maxLength: 30 }),
    path: fc.constantFrom('/t', '/rpc/f'),
    method: fc.constantFrom('POST', 'PATCH', 'PUT'),
  })
  .map(({ type, body, ...asked }) => ({ ...asked, body: body.join(''), headers: { 'content-type': type } }))

const headerPiece = fc.constantFrom(
  ...`, ; = q=0.5 q=x count=exact return= handling=strict max-affected=-1 timezone=x tx= */* application/json text/csv`.split(
    ' ',
  ),
  ...`application/vnd.pgrst.plan+json for="text/csv" options=a|b nulls=stripped items 0-9 9-0 - " é bogus`.split(' '),
)
const headerText = fc.array(headerPiece, { maxLength: 8 }).map((some) => some.join(''))
const headersAsked = fc
  .record({ prefer: headerText, accept: headerText, range: headerText, cookie: headerText, 'content-type': headerText })
  .chain((headers) => fc.constantFrom('GET', 'POST', 'PUT').map((method) => ({ method, headers, body: '{}' })))

const queriesInBodyAsked = fc
  .record({
    query: parametersAsked,
    body: fc.oneof(parametersAsked, mistakesAsked),
    path: fc.constantFrom('/t', '/rpc/f'),
  })
  .chain(({ query, body, path }) =>
    fc.constantFrom('QUERY', 'POST').map((method) => ({
      method,
      path,
      query: query.query,
      body: body.query ?? '',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-http-method-override': 'GET' },
    })),
  )

describe('whatever comes is read or refused', () => {
  test.each([
    ['noise of the grammars under every key', parametersAsked],
    ['noise as keys, paths and methods', noiseAsked],
    ['valid texts with a mistake in them', mistakesAsked],
    ['JSON bodies', bodiesAsked],
    ['bodies of other types', typedBodiesAsked],
    ['headers', headersAsked],
    ['queries in bodies', queriesInBodyAsked],
  ])('%s', async (_, generated) => {
    await fc.assert(
      fc.asyncProperty<[Asked]>(generated, async (asked) => {
        expect(outcomes).toContain(await outcomeOf(asked))
      }),
      { numRuns: 15_000 },
    )
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
    expect(outcomes).toContain(await outcomeOf({ query }))
  })
})
