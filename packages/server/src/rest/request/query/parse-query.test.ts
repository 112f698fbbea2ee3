import { describe, expect, test } from 'vitest'
import { Refusal } from '../../../refusal/refusal.ts'
import type { QueryParameters } from '../api-request.ts'
import { defaultRequestLimits, type RequestLimits } from '../request-config.ts'
import { splitForm } from './decode.ts'
import { parseQuery, type QueryUse } from './parse-query.ts'

const read: QueryUse = { takesArguments: false, takesColumns: false }
const call: QueryUse = { takesArguments: true, takesColumns: false }
const write: QueryUse = { takesArguments: false, takesColumns: true }

function parsed(query: string, use = read, limits: Partial<RequestLimits> = {}): QueryParameters {
  return parseQuery(splitForm(query, 'query'), use, { ...defaultRequestLimits, ...limits })
}

function refusalOf(query: string, limits: Partial<RequestLimits> = {}, use = read): Refusal {
  try {
    parsed(query, use, limits)
  } catch (thrown) {
    if (thrown instanceof Refusal) return thrown
    throw thrown
  }
  throw new Error(`${query} is accepted`)
}

function column(name: string) {
  return { name, path: [] }
}

const everything = { kind: 'field', field: column('*'), alias: null, cast: null, aggregate: null }

describe('select', () => {
  test.each(['', 'select=', 'select=*', 'select'])('?%s is everything', (query) => {
    expect(parsed(query).select).toMatchObject([everything])
  })

  test.each([
    ['id', { field: column('id') }],
    [' the name ', { field: column('the name') }],
    ['a-b', { field: column('a-b') }],
    ['%22a.b%22', { field: column('a.b') }],
    ['%22a\\%22b\\\\%22', { field: column('a"b\\') }],
    ['être', { field: column('être') }],
    ['x:id', { alias: 'x', field: column('id') }],
    ['id::text', { field: column('id'), cast: 'text' }],
    ['x:id::double precision', { alias: 'x', field: column('id'), cast: 'double precision' }],
    ['count()', { field: column('*'), aggregate: { function: 'count', cast: null } }],
    ['n:count()::text', { alias: 'n', aggregate: { function: 'count', cast: 'text' } }],
    ['a::int.sum()::text', { field: column('a'), cast: 'int', aggregate: { function: 'sum', cast: 'text' } }],
    ['a.max()', { field: column('a'), aggregate: { function: 'max', cast: null } }],
    ['a.min()', { aggregate: { function: 'min' } }],
    ['a.avg()', { aggregate: { function: 'avg' } }],
    ['count', { field: column('count'), aggregate: null }],
    [
      'd->a->>b',
      {
        field: {
          name: 'd',
          path: [
            { arrow: '->', key: 'a' },
            { arrow: '->>', key: 'b' },
          ],
        },
      },
    ],
    [
      'd->0->>-1::int',
      {
        cast: 'int',
        field: {
          name: 'd',
          path: [
            { arrow: '->', index: '0' },
            { arrow: '->>', index: '-1' },
          ],
        },
      },
    ],
    ['d->%22a.b%22', { field: { name: 'd', path: [{ arrow: '->', key: 'a.b' }] } }],
    ['d->1a', { field: { name: 'd', path: [{ arrow: '->', key: '1a' }] } }],
  ])('%s is one field', (text, expected) => {
    expect(parsed(`select=${Buffer.from(text).toString('latin1').replaceAll('+', '%2B')}`).select).toMatchObject([
      { kind: 'field', ...expected },
    ])
  })

  test.each([
    ['rel(*)', { kind: 'embed', relation: 'rel', alias: null, hint: null, join: null, select: [everything] }],
    ['x:rel!h!inner(id)', { kind: 'embed', relation: 'rel', alias: 'x', hint: 'h', join: 'inner' }],
    ['rel!left!h()', { kind: 'embed', hint: 'h', join: 'left', select: [] }],
    ['...rel!inner(id)', { kind: 'spread', relation: 'rel', hint: null, join: 'inner' }],
    ['rel(a(b(c)))', { select: [{ relation: 'a', select: [{ relation: 'b', select: [{ field: column('c') }] }] }] }],
  ])('%s is an embed', (text, expected) => {
    expect(parsed(`select=${text}`).select).toMatchObject([expected])
  })

  test('may be asked for again: the result is the same value', () => {
    const limits = { ...defaultRequestLimits }
    const pairs = splitForm('select=id,name', 'query')
    expect(parseQuery(pairs, read, limits).select).toBe(parseQuery(pairs, read, limits).select)
  })
})

function condition(query: string) {
  const [filter] = parsed(query).rootFilters
  return filter && { negated: filter.negated, ...filter.operation }
}

describe('filters', () => {
  test.each([
    ['a=eq.1', { kind: 'simple', operator: 'eq', quantifier: null, value: '1' }],
    ['a=eq.', { operator: 'eq', value: '' }],
    ['a=eq.a,b).c', { operator: 'eq', value: 'a,b).c' }],
    ['a=not.gte.1', { negated: true, operator: 'gte', value: '1' }],
    ['a=lt.1', { operator: 'lt' }],
    ['a=lte.1', { operator: 'lte' }],
    ['a=like.*x*', { operator: 'like', value: '*x*' }],
    ['a=ilike(any).{a,b}', { operator: 'ilike', quantifier: 'any', value: '{a,b}' }],
    ['a=not.imatch(all).{a}', { negated: true, operator: 'imatch', quantifier: 'all' }],
    ['a=neq.1', { operator: 'neq' }],
    ['a=nxr.(1,2)', { operator: 'nxr', value: '(1,2)' }],
    ['a=in.(1,2)', { kind: 'in', values: ['1', '2'] }],
    ['a=in.(%22a,b%22,c d,%22\\%22\\\\%22)', { kind: 'in', values: ['a,b', 'c d', '"\\'] }],
    ['a=in.(%22a%22b,c)', { kind: 'in', values: ['"a"b', 'c'] }],
    ['a=in.( a , b )', { kind: 'in', values: ['a ', ' b '] }],
    ['a=in.()', { kind: 'in', values: [] }],
    ['a=in.(%22%22)', { kind: 'in', values: [] }],
    ['a=in.(,)', { kind: 'in', values: ['', ''] }],
    ['a=is.null', { kind: 'is', value: 'null' }],
    ['a=not.is.NULL', { negated: true, kind: 'is', value: 'null' }],
    ['a=is.Not_Null', { kind: 'is', value: 'not_null' }],
    ['a=is.unknown', { kind: 'is', value: 'unknown' }],
    ['a=isdistinct.x', { kind: 'is-distinct', value: 'x' }],
    ['a=fts.x', { kind: 'text-search', operator: 'fts', language: null, value: 'x' }],
    ['a=wfts(english).x y', { kind: 'text-search', operator: 'wfts', language: 'english', value: 'x y' }],
  ])('%s', (query, expected) => {
    expect(condition(query)).toMatchObject({ negated: false, ...expected })
  })

  test('go to the root or to the embed of their path', () => {
    const query = parsed('a=eq.1&b.c->d=eq.2&b.e.f=is.null&a=gt.0')
    expect(query.rootFilters.map(({ field }) => field.name)).toEqual(['a', 'a'])
    expect(query.embedFilters.map(({ path, filter }) => [path, filter.field.name])).toEqual([
      [['b'], 'c'],
      [['b', 'e'], 'f'],
    ])
  })

  test('a value that is none is an argument of a function that takes them', () => {
    const query = parsed('min=2&max=5&s.x=1&id=gt.3&select=id', call)
    expect(query.arguments).toEqual([
      ['min', '2'],
      ['max', '5'],
      ['x', '1'],
    ])
    expect(query.rootFilters).toHaveLength(1)
  })

  test.each(['in.5', 'is.five', 'not.five'])('an argument %s that begins as a filter is a broken filter', (value) => {
    expect(refusalOf(`a=${value}`, {}, call).code).toBe('request.query-malformed')
  })

  test('a key without = is no filter', () => {
    expect(parsed('a').rootFilters).toEqual([])
  })

  test.each([
    ['a=5', 'filter', '5'],
    ['=eq.5', 'tree path', ''],
    ['a.=eq.5', 'tree path', 'a.'],
    ['a..b.order=x', 'tree path', 'a..b.order'],
    ['order=', 'order', ''],
    ['or=()', 'logic tree', '()'],
    ['!.or=(a.eq.1)', 'logic path', '!.or'],
    ['select=a!', 'select parameter', 'a!'],
    ['columns=', 'columns parameter', ''],
    ['on_conflict=!', 'on_conflict parameter', '!'],
  ])('%s is a malformed %s', (query, what, text) => {
    expect(refusalOf(query)).toMatchObject({ code: 'request.query-malformed', detail: { what, text } })
  })
})

describe('and, or', () => {
  test('nest, negate, quote', () => {
    const [logic] = parsed('not.or=(a.eq.1,and(b.not.is.null,c.in.(1,2)),not.and(d.eq."x,)",e.cs.{1,2}))').logic
    expect(logic).toMatchObject({
      path: [],
      tree: {
        kind: 'or',
        negated: true,
        members: [
          { kind: 'filter', filter: { field: column('a'), negated: false, operation: { operator: 'eq', value: '1' } } },
          {
            kind: 'and',
            negated: false,
            members: [
              { filter: { negated: true, operation: { kind: 'is' } } },
              { filter: { operation: { kind: 'in', values: ['1', '2'] } } },
            ],
          },
          {
            kind: 'and',
            negated: true,
            members: [
              { filter: { operation: { operator: 'eq', value: 'x,)' } } },
              { filter: { operation: { operator: 'cs', value: '{1,2}' } } },
            ],
          },
        ],
      },
    })
  })

  test('may stand for an embed, blanks around commas and parentheses allowed', () => {
    expect(parsed('x.y.not.or=( a.eq.1 , b.eq.2 )').logic).toMatchObject([
      { path: ['x', 'y'], tree: { kind: 'or', negated: true, members: [{}, {}] } },
    ])
  })

  test('columns in the refusal count the operator that is put in front', () => {
    expect(refusalOf('or=()')).toMatchObject({ detail: { column: 4 } })
    expect(refusalOf('not.and=()')).toMatchObject({ detail: { column: 9 } })
  })
})

test('order has directions, places of nulls, JSON paths and related columns', () => {
  expect(parsed('order=a.desc.nullslast,b->>c,rel(d).asc,e.nullsfirst&rel.order=f').order).toMatchObject([
    {
      path: [],
      terms: [
        { field: column('a'), relation: null, direction: 'desc', nulls: 'last' },
        { field: { name: 'b', path: [{ arrow: '->>', key: 'c' }] }, direction: null, nulls: null },
        { field: column('d'), relation: 'rel', direction: 'asc', nulls: null },
        { field: column('e'), direction: null, nulls: 'first' },
      ],
    },
    { path: ['rel'], terms: [{ field: column('f') }] },
  ])
})

test('columns count where the action looks at them, sorted and once', () => {
  expect(parsed('columns=b,a,%22c.d%22,a', write).columns).toEqual(['a', 'b', 'c.d'])
  expect(parsed('columns=b,a', read).columns).toBeNull()
  expect(parsed('on_conflict=b, a').onConflict).toEqual(['b', 'a'])
})

describe('bounds', () => {
  test.each([
    ['select=a(b(c(d)))', { embedDepth: 2 }, { limit: 'embed-depth', maximum: 2 }],
    ['and=(or(a.eq.1))', { logicDepth: 1 }, { limit: 'logic-depth', maximum: 1 }],
    ['a=eq.1&b.c=eq.1&or=(d.eq.1,e.eq.1)', { filters: 3 }, { limit: 'filters', maximum: 3 }],
  ])('%s crosses %o', (query, limits, detail) => {
    expect(refusalOf(query, limits)).toMatchObject({ code: 'request.limit-exceeded', detail })
  })

  test('siblings do not add to the depth', () => {
    expect(parsed('select=a(b),c(d),e(f)', read, { embedDepth: 1 }).select).toHaveLength(3)
    expect(parsed('and=(or(a.eq.1),or(b.eq.2))', read, { logicDepth: 2 }).logic).toHaveLength(1)
  })
})
