// The query string as data: which parameter is which clause, and each clause through its grammar.

import { Refusal } from '../../../refusal/refusal.ts'
import type { Field, Filter, LogicTree, OrderTerm, QueryParameters, SelectItem } from '../api-request.ts'
import { filterCondition } from '../grammar/filter.ts'
import { logicPath, logicTree } from '../grammar/logic.ts'
import { names, treePath } from '../grammar/names.ts'
import { orderTerms } from '../grammar/order.ts'
import { option, parseText } from '../grammar/parser.ts'
import { selection } from '../grammar/select.ts'
import type { RequestLimits } from '../request-config.ts'
import type { FormPair } from './decode.ts'
import { remembered } from './remembered.ts'

/** What the action makes of parameters. */
export interface QueryUse {
  /** A value that is no filter is an argument of the routine. */
  readonly takesArguments: boolean
  /** `columns` counts. */
  readonly takesColumns: boolean
}

interface Target {
  readonly path: readonly string[]
  readonly field: Field
}

/** Grammars of the parameters that carry no values, each text parsed once. */
interface Shapes {
  readonly select: (text: string) => readonly SelectItem[]
  readonly order: (text: string) => readonly OrderTerm[]
  readonly target: (key: string) => Target
}

const everything: readonly SelectItem[] = [
  { kind: 'field', field: { name: '*', path: [] }, alias: null, cast: null, aggregate: null },
]

function shapesWithin(limits: RequestLimits): Shapes {
  const selectReading = { what: 'select parameter', maximumDepth: limits.embedDepth }
  return {
    select: remembered((text) => {
      const items = parseText(selection, text, selectReading)
      return items.length === 0 ? everything : items
    }, 1000),
    order: remembered((text) => parseText(orderTerms, text, { what: 'order' }), 500),
    target: remembered((key) => parseText(treePath, key, { what: 'tree path' }), 2000),
  }
}

const shapesByLimits = new WeakMap<RequestLimits, Shapes>()

function shapesFor(limits: RequestLimits): Shapes {
  const known = shapesByLimits.get(limits)
  if (known !== undefined) return known
  const shapes = shapesWithin(limits)
  shapesByLimits.set(limits, shapes)
  return shapes
}

type Pair = readonly [key: string, value: string]

/** Parameters by clause; those of embeds by the last word of their key. */
interface Clauses {
  readonly whole: Map<string, string | null>
  readonly order: Pair[]
  readonly logic: Pair[]
  readonly filters: Pair[]
}

const wholeKeys: ReadonlySet<string> = new Set(['select', 'columns', 'on_conflict'])

function sortOut(pairs: readonly FormPair[]): Clauses {
  const clauses: Clauses = { whole: new Map(), order: [], logic: [], filters: [] }
  for (const [key, value] of pairs) {
    const lastWord = key.slice(key.lastIndexOf('.') + 1)
    if (wholeKeys.has(key)) {
      if (!clauses.whole.has(key)) clauses.whole.set(key, value)
    } else if (value === null || lastWord === 'limit' || lastWord === 'offset') continue
    else if (lastWord === 'order') clauses.order.push([key, value])
    else if (lastWord === 'and' || lastWord === 'or') clauses.logic.push([key, value])
    else clauses.filters.push([key, value])
  }
  return clauses
}

function parseLogic([key, value]: Pair, maximumDepth: number): QueryParameters['logic'][number] {
  const { path, operator } = parseText(logicPath, key, { what: 'logic path' })
  return { path, tree: parseText(logicTree, operator + value, { what: 'logic tree', written: value, maximumDepth }) }
}

type ParsedFilters = Pick<QueryParameters, 'rootFilters' | 'embedFilters' | 'arguments'>

const filterOrArgument = option(filterCondition, null)

function parseFilters(pairs: readonly Pair[], takesArguments: boolean, target: Shapes['target']): ParsedFilters {
  const rootFilters: Filter[] = []
  const embedFilters: QueryParameters['embedFilters'][number][] = []
  const given: Pair[] = []
  const grammar = takesArguments ? filterOrArgument : filterCondition
  for (const [key, value] of pairs) {
    const { path, field } = target(key)
    const condition = parseText(grammar, value, { what: 'filter' })
    if (condition === null) given.push([field.name, value])
    else if (path.length === 0) rootFilters.push({ field, ...condition })
    else embedFilters.push({ path, filter: { field, ...condition } })
  }
  return { rootFilters, embedFilters, arguments: given }
}

function filtersIn(tree: LogicTree): number {
  if (tree.kind === 'filter') return 1
  return tree.members.reduce((count, member) => count + filtersIn(member), 0)
}

function checkCount(filters: number, maximum: number): void {
  if (filters > maximum) throw new Refusal('request.limit-exceeded', { limit: 'filters', maximum })
}

function parseNames(text: string | null | undefined, what: string): readonly string[] | null {
  return typeof text === 'string' ? parseText(names, text, { what }) : null
}

/**
 * Reads all clauses but ranges. `select=` at the root is `select=*`.
 * Refuses with `request.query-malformed`, `request.limit-exceeded`.
 */
export function parseQuery(pairs: readonly FormPair[], use: QueryUse, limits: RequestLimits): QueryParameters {
  const shapes = shapesFor(limits)
  const clauses = sortOut(pairs)
  if (!use.takesArguments) checkCount(clauses.filters.length + clauses.logic.length, limits.filters)
  const order = clauses.order.map(([key, value]) => ({ path: shapes.target(key).path, terms: shapes.order(value) }))
  const logic = clauses.logic.map((pair) => parseLogic(pair, limits.logicDepth))
  const columns = parseNames(clauses.whole.get('columns'), 'columns parameter')
  const select = shapes.select(clauses.whole.get('select') ?? '*')
  const filters = parseFilters(clauses.filters, use.takesArguments, shapes.target)
  const onConflict = parseNames(clauses.whole.get('on_conflict'), 'on_conflict parameter')
  const inTrees = logic.reduce((count, { tree }) => count + filtersIn(tree), 0)
  checkCount(filters.rootFilters.length + filters.embedFilters.length + inTrees, limits.filters)
  return {
    select,
    ...filters,
    logic,
    order,
    columns: use.takesColumns && columns !== null ? [...new Set(columns)].toSorted() : null,
    onConflict,
  }
}
