// The order of a page, and where in it a page begins.

import { identifier, join, type Sql, sql } from '../../../database/sql.ts'
import type { ValueWriter } from './values.ts'

/** One term of the order. Nulls are the greatest, as Postgres has them unless told otherwise. */
export interface OrderTerm {
  readonly column: string
  readonly descending: boolean
  readonly nullable: boolean
}

/** ` order by …`, empty without terms. */
export function orderBy(terms: readonly OrderTerm[]): Sql {
  if (terms.length === 0) return sql``
  return sql` order by ${join(
    terms.map(({ column, descending }) => sql`${identifier(column)}${descending ? sql` desc` : sql``}`),
    sql`, `,
  )}`
}

/** The same order read from its end. */
export function reversed(terms: readonly OrderTerm[]): readonly OrderTerm[] {
  return terms.map((term) => ({ ...term, descending: !term.descending }))
}

/**
 * Rows that come after the one with `values` in this order. Where all terms run one way and none can be null it is a
 * comparison of rows, for which Postgres descends an index; otherwise it is spelled out term by term.
 */
export function comesAfter(terms: readonly OrderTerm[], values: readonly (string | null)[], writer: ValueWriter): Sql {
  const [first] = terms
  const uniform = terms.every(({ descending, nullable }) => !nullable && descending === first?.descending)
  return uniform ? rowComparison(terms, values, writer) : termByTerm(terms, values, writer)
}

function rowComparison(terms: readonly OrderTerm[], values: readonly (string | null)[], writer: ValueWriter): Sql {
  const columns = join(
    terms.map(({ column }) => identifier(column)),
    sql`, `,
  )
  const row = join(
    terms.map(({ column }, index) => writer.write(values[index] ?? null, column)),
    sql`, `,
  )
  return sql`(${columns}) ${terms[0]?.descending === true ? sql`<` : sql`>`} (${row})`
}

function termByTerm(terms: readonly OrderTerm[], values: readonly (string | null)[], writer: ValueWriter): Sql {
  const [term, ...rest] = terms
  if (term === undefined) return sql`false`
  const [value = null, ...others] = values
  const beyond = isBeyond(term, value, writer)
  if (rest.length === 0) return beyond
  return sql`(${beyond} or (${isEqual(term, value, writer)} and ${termByTerm(rest, others, writer)}))`
}

function isBeyond({ column, descending, nullable }: OrderTerm, value: string | null, writer: ValueWriter): Sql {
  const name = identifier(column)
  if (value === null) return descending ? sql`${name} is not null` : sql`false`
  const place = writer.write(value, column)
  if (descending) return sql`${name} < ${place}`
  return nullable ? sql`(${name} > ${place} or ${name} is null)` : sql`${name} > ${place}`
}

function isEqual({ column }: OrderTerm, value: string | null, writer: ValueWriter): Sql {
  const name = identifier(column)
  return value === null ? sql`${name} is null` : sql`${name} = ${writer.write(value, column)}`
}
