// How Postgres itself is asked who sees which row. The rows travel once per transaction, as a setting; then each class
// is asked about all of them under its own claims.

import { identifier, join, qualified, type Sql, sql } from '../../../../database/sql.ts'
import type { Statement } from '../../../../database/statement.ts'
import type { ColumnFacts, PolicyFacts, TableFacts } from '../../tables/table-facts.ts'

/** The setting that holds them. Given as a parameter, without which Postgres would keep one plan for everybody's claims. */
const ROWS = 'tenon.rows'

/** Puts rows (a JSON array of objects) in place for the questions that follow. */
export function rowsStatement(rows: string): Statement {
  return { kind: 'statement', text: sql`select pg_catalog.set_config($1, $2, true) is null`, values: [ROWS, rows] }
}

/** Puts claims in force for the questions that follow. */
export function claimsStatement(claimsJson: string): Statement {
  return {
    kind: 'statement',
    text: sql`select pg_catalog.set_config('request.jwt.claims', $1, true) is null`,
    values: [claimsJson],
  }
}

/**
 * For each of the rows, in order, whether the policies let it be seen: evaluated on the values given, not on what is
 * stored, so that deleted rows and rows that have changed since are judged as they were.
 */
export function conditionQuestion(facts: TableFacts, policies: readonly PolicyFacts[]): Statement {
  const table = qualified({ schema: facts.schema, name: facts.table })
  const text = sql`
select (${conditionOf(policies)}) is true
from pg_catalog.json_populate_recordset(null::${table}, pg_catalog.current_setting($1)::pg_catalog.json)
  as ${identifier(facts.table)}`
  return { kind: 'statement', text, values: [ROWS] }
}

/**
 * For each of the rows, in order, whether the stored row with its primary key can be selected. With EXISTS in its place,
 * Postgres may evaluate the policies for the whole table to hash what they let through.
 */
export function storedRowQuestion(facts: TableFacts, key: readonly ColumnFacts[]): Statement {
  const table = qualified({ schema: facts.schema, name: facts.table })
  const matches = key.map(({ name }) => sql`stored.${identifier(name)} = given.${identifier(name)}`)
  // Postgres printed the types, each with its schema.
  const columns = key.map(({ name, typeSql }) => sql`${identifier(name)} ${typeSql as Sql}`)
  const text = sql`
select coalesce((select true from ${table} stored where ${join(matches, sql` and `)} limit 1), false)
from pg_catalog.json_to_recordset(pg_catalog.current_setting($1)::pg_catalog.json)
  as given (${join(columns, sql`, `)})`
  return { kind: 'statement', text, values: [ROWS] }
}

/** As Postgres puts policies together, in the order in which it evaluates them: permissive ones by name, backwards. */
function conditionOf(policies: readonly PolicyFacts[]): Sql {
  const permissive = policies.filter(({ isPermissive }) => isPermissive).toReversed()
  const restrictive = policies.filter(({ isPermissive }) => !isPermissive)
  return join([...restrictive.map(expressionOf), sql`(${join(permissive.map(expressionOf), sql` or `)})`], sql` and `)
}

/** The text is Postgres' own print of what it has stored. */
function expressionOf({ usingInPath }: PolicyFacts): Sql {
  return sql`(${usingInPath as Sql})`
}
