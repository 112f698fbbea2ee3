// Trees as the query grammars make them, for the properties that must hold for all of them.

import * as fc from 'fast-check'
import type { Field, Filter, JsonStep, LogicTree, Operation, OrderTerm, SelectItem } from '../api-request.ts'

const word = fc.constantFrom('id', 'name', 'not', 'and', 'or', 'order', 'eq', 'asc', 'is', 'a b', 'été', '$x')

/** Names of everything; any text can be quoted. */
export const name = fc.oneof(
  { weight: 3, arbitrary: word },
  fc.string({ unit: 'grapheme', maxLength: 8 }).filter((text) => text !== '*'),
)
const value = fc.oneof(fc.string({ maxLength: 10 }), fc.string({ unit: 'binary', maxLength: 6 }))
const typeName = fc.constantFrom('text', 'int', 'double precision', 'my_type', 'Ünï')

function orNull<Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> {
  return fc.option(arbitrary, { freq: 2 })
}

const arrow = fc.constantFrom('->' as const, '->>' as const)
const keyStep: fc.Arbitrary<JsonStep> = fc.record({ arrow, key: name })
const indexStep: fc.Arbitrary<JsonStep> = fc.record({ arrow, index: fc.integer().map(String) })

/** A path never ends in an index: before a parenthesis that reads as a key. */
const path = fc.oneof(
  fc.constant([]),
  fc.tuple(fc.array(fc.oneof(keyStep, indexStep), { maxLength: 2 }), keyStep).map(([steps, last]) => [...steps, last]),
)

export const field: fc.Arbitrary<Field> = fc.record({ name, path })

const aggregate = fc.record({
  function: fc.constantFrom('count' as const, 'sum' as const, 'avg' as const, 'max' as const, 'min' as const),
  cast: orNull(typeName),
})

const plainField: fc.Arbitrary<SelectItem> = fc.record({
  kind: fc.constant('field' as const),
  field,
  alias: orNull(name),
  cast: orNull(typeName),
  aggregate: orNull(aggregate),
})

const star: Field = { name: '*', path: [] }
const everything: fc.Arbitrary<SelectItem> = fc.constant({
  kind: 'field' as const,
  field: star,
  alias: null,
  cast: null,
  aggregate: null,
})
const countOfRows: fc.Arbitrary<SelectItem> = fc
  .tuple(orNull(name), orNull(typeName))
  .map(([alias, cast]) => ({ kind: 'field', field: star, alias, cast: null, aggregate: { function: 'count', cast } }))

const relation = name.filter((text) => text !== 'count')
const join = fc.constantFrom('inner' as const, 'left' as const)

/** The items of a `select`, at least one. */
export const select: fc.Arbitrary<readonly SelectItem[]> = fc.letrec<{ items: SelectItem[]; item: SelectItem }>(
  (tie) => ({
    items: fc.array(tie('item'), { minLength: 1, maxLength: 3 }),
    item: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      plainField,
      everything,
      countOfRows,
      fc.record({
        kind: fc.constant('embed' as const),
        relation,
        alias: orNull(name),
        hint: orNull(name),
        join: orNull(join),
        select: fc.oneof(fc.constant([]), tie('items')),
      }),
      fc.record({
        kind: fc.constant('spread' as const),
        relation: name,
        hint: orNull(name),
        join: orNull(join),
        select: tie('items'),
      }),
    ),
  }),
).items

const quantifiable = ['eq', 'gt', 'gte', 'lt', 'lte', 'like', 'ilike', 'match', 'imatch'] as const
const others = ['neq', 'cs', 'cd', 'ov', 'sl', 'sr', 'nxr', 'nxl', 'adj'] as const

const operation: fc.Arbitrary<Operation> = fc.oneof(
  fc.record({
    kind: fc.constant('simple' as const),
    operator: fc.constantFrom(...quantifiable),
    quantifier: orNull(fc.constantFrom('any' as const, 'all' as const)),
    value,
  }),
  fc.record({
    kind: fc.constant('simple' as const),
    operator: fc.constantFrom(...others),
    quantifier: fc.constant(null),
    value,
  }),
  fc.record({
    kind: fc.constant('in' as const),
    values: fc.array(value, { maxLength: 4 }).filter((values) => values.length !== 1 || values[0] !== ''),
  }),
  fc.record({
    kind: fc.constant('is' as const),
    value: fc.constantFrom('null', 'not_null', 'true', 'false', 'unknown'),
  }),
  fc.record({ kind: fc.constant('is-distinct' as const), value }),
  fc.record({
    kind: fc.constant('text-search' as const),
    language: orNull(typeName),
    value,
    operator: fc.constantFrom('fts', 'plfts', 'phfts', 'wfts'),
  }),
)

export const filter: fc.Arbitrary<Filter> = fc.record({ field, negated: fc.boolean(), operation })

export const logic: fc.Arbitrary<LogicTree> = fc.letrec<{ tree: LogicTree; connected: LogicTree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    fc.record({ kind: fc.constant('filter' as const), filter }),
    tie('connected'),
  ),
  connected: fc.record({
    kind: fc.constantFrom('and' as const, 'or' as const),
    negated: fc.boolean(),
    members: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }),
  }),
})).connected

export const order: fc.Arbitrary<readonly OrderTerm[]> = fc.array(
  fc.record({
    field,
    relation: orNull(name),
    direction: orNull(fc.constantFrom('asc' as const, 'desc' as const)),
    nulls: orNull(fc.constantFrom('first' as const, 'last' as const)),
  }),
  { minLength: 1, maxLength: 3 },
)
