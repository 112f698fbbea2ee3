// The statement that reads a page of rows.

import { identifier, join, qualified, type Sql, sql } from '../../../database/sql.ts'
import { type Column, namingKey, type Relation } from '../relation/relation.ts'
import { whereAll } from './filter-sql.ts'
import { orderBy, type OrderTerm } from './order-sql.ts'

/** The longest text of a cell in a page, in characters; the rest is asked for by cell. */
export const LONGEST_CELL = 2000

/** Where a row lies: its version, and its place where it has no key. Only of what has a file of its own. */
const versioned = sql`xmin::text as "version", ctid::text as "place"`
const unversioned = sql`null::text as "version", null::text as "place"`

export interface PageParts {
  readonly relation: Relation
  readonly columns: readonly Column[]
  readonly conditions: readonly Sql[]
  readonly order: readonly OrderTerm[]
  readonly limit: number
  readonly offset: number
}

/**
 * Rows as: version, place, the key's values, the order's values, then each column, and the length of what was cut of
 * the long ones. The page is found before any of that is worked out, so that rows that are skipped cost little; its
 * order survives, as nothing reorders a subquery that is merely projected.
 */
export function pageStatement(parts: PageParts): Sql {
  const { relation, columns, order, limit, offset } = parts
  const raw = [
    relation.rowsBy === null ? unversioned : versioned,
    ...namingKey(relation).map((name, index) => sql`${identifier(name)} as ${nameOf('k', index)}`),
    ...order.map(({ column }, index) => sql`${identifier(column)} as ${nameOf('o', index)}`),
    ...columns.map(({ name }, index) => sql`${identifier(name)} as ${nameOf('c', index)}`),
  ]
  const page = sql`select ${join(raw, sql`, `)} from ${qualified(relation)}${whereAll(parts.conditions)}${orderBy(
    order,
  )} limit ${wholeNumber(limit)} offset ${wholeNumber(offset)}`
  const shown = [
    sql`"version"`,
    sql`"place"`,
    ...namingKey(relation).map((_, index) => nameOf('k', index)),
    ...order.map((_, index) => nameOf('o', index)),
    ...columns.map((column, index) => shownCell(column, nameOf('c', index))),
    ...columns.filter(({ long }) => long).map((column) => cutLength(nameOf('c', columns.indexOf(column)))),
  ]
  return sql`select ${join(shown, sql`, `)} from (${page}) as page`
}

/** A column as a cell shows it. Booleans are spelled out; what is long is cut. */
export function shownCell({ base, long }: Column, place: Sql): Sql {
  if (base === 'bool') return sql`${place}::text`
  return long ? sql`left(${place}::text, ${wholeNumber(LONGEST_CELL)})` : place
}

/** How long a cell is that was cut, else null. */
export function cutLength(place: Sql): Sql {
  const longest = wholeNumber(LONGEST_CELL)
  return sql`case when length(${place}::text) > ${longest} then length(${place}::text) end`
}

function nameOf(kind: 'k' | 'o' | 'c', index: number): Sql {
  return identifier(`${kind}${index}`)
}

function wholeNumber(value: number): Sql {
  return String(Math.trunc(value)) as Sql
}
