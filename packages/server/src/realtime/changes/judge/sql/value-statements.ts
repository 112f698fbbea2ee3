// What is asked of Postgres about the values that policies read of the claims: their types, and themselves.

import { join, type Sql, sql } from '../../../../database/sql.ts'
import type { Statement } from '../../../../database/statement.ts'

/** For each expression one row: its type's oid and the oid of the elements, 0 without. Nothing is evaluated. */
export function typesStatement(values: readonly Sql[]): Statement {
  const rows = values.map((value) => sql`select pg_catalog.pg_typeof((select ${value} limit 0))`)
  const text = sql`
select t.oid, case when t.typcategory = 'A' then t.typelem else 0 end
from (${numbered(rows)}) v (place, type)
join pg_catalog.pg_type t on t.oid = v.type
order by v.place`
  return { kind: 'statement', text, values: [] }
}

function numbered(rows: readonly Sql[]): Sql {
  return join(
    rows.map((row, index) => sql`select ${String(index) as Sql}, (${row})`),
    sql` union all `,
  )
}

/**
 * One row with a cell for each value: as Postgres prints it, an array as a JSON array of its elements' texts.
 * The parameter is there to be one: without any, Postgres would keep one plan for everybody's claims.
 */
export function valuesStatement(
  values: readonly { readonly sql: Sql; readonly shape: 'scalar' | 'array' }[],
): Statement {
  const cells = values.map((value) => (value.shape === 'array' ? elementsOf(value.sql) : value.sql))
  return { kind: 'statement', text: sql`select ${join(cells, sql`, `)} where $1::pg_catalog.bool`, values: ['t'] }
}

function elementsOf(array: Sql): Sql {
  return sql`(
  select case when a.v is null then null
              else coalesce((select pg_catalog.json_agg(e.v::pg_catalog.text) from pg_catalog.unnest(a.v) e (v)), '[]') end
  from (select ${array}) a (v))`
}

/** Fails where the role cannot be taken. */
export const nothingStatement: Statement = { kind: 'statement', text: sql`select`, values: [] }
