// CSV out of and into Postgres.

import { identifier, join, qualified, type Sql, sql } from '../../../../database/sql.ts'
import type { Column, Relation } from '../../relation/relation.ts'
import { whereAll } from '../../sql/filter-sql.ts'
import { orderBy, type OrderTerm } from '../../sql/order-sql.ts'
import type { ValueWriter } from '../../sql/values.ts'

/** What separates the fields of a file. */
export type Delimiter = ',' | ';' | '\t'

const delimiters: Readonly<Record<Delimiter, Sql>> = { ',': sql`','`, ';': sql`';'`, '\t': sql`E'\\t'` }

/** COPY takes no parameters, so that the conditions hold their values. */
export function copyOut(
  relation: Relation,
  columns: readonly Column[],
  conditions: readonly Sql[],
  order: readonly OrderTerm[],
): Sql {
  const shown = columns.map(({ name, base }) =>
    base === 'bool' ? sql`${identifier(name)}::text as ${identifier(name)}` : identifier(name),
  )
  const from = sql`from ${qualified(relation)}${whereAll(conditions)}${orderBy(order)}`
  return sql`copy (select ${join(shown, sql`, `)} ${from}) to stdout with (format csv, header true)`
}

/** The same conditions with nothing to read, to learn what Postgres thinks of their values. */
export function checkConditions(relation: Relation, conditions: readonly Sql[]): Sql {
  return sql`select from ${qualified(relation)}${whereAll(conditions)} limit 0`
}

/** The file as it is, its header left out. */
export function copyIn(relation: Relation, columns: readonly Column[], delimiter: Delimiter): Sql {
  return sql`copy ${qualified(relation)} (${names(columns)}) from stdin with (format csv, header true, delimiter ${
    delimiters[delimiter]
  })`
}

/** Many rows in one statement; each has a value for every column. */
export function insertMany(
  relation: Relation,
  columns: readonly Column[],
  rows: readonly (readonly (string | null)[])[],
  writer: ValueWriter,
): Sql {
  const tuples = rows.map(
    (row) =>
      sql`(${join(
        columns.map(({ name }, index) => writer.write(row[index] ?? null, name)),
        sql`, `,
      )})`,
  )
  return sql`insert into ${qualified(relation)} (${names(columns)}) values ${join(tuples, sql`, `)}`
}

/** `pid` is the process that serves the connection. */
export const backendPid: Sql = sql`select pg_backend_pid() as pid`
/** `$1` is the process whose statement ends. */
export const cancelBackend: Sql = sql`select pg_cancel_backend($1::int)`
/** Before a batch of rows. */
export const setSavepoint: Sql = sql`savepoint batch`
/** After a batch that went in. */
export const releaseSavepoint: Sql = sql`release savepoint batch`
/** After one that did not. */
export const backToSavepoint: Sql = sql`rollback to savepoint batch`

function names(columns: readonly Column[]): Sql {
  return join(
    columns.map(({ name }) => identifier(name)),
    sql`, `,
  )
}
