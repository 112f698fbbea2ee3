// The one statement that a plan needs. Cannot refuse: a plan that compiles to wrong SQL is a bug.

import { join, type Sql, sql } from '../../database/sql.ts'
import type { Statement } from '../../database/statement.ts'
import type { Answer, CallPlan, MutationPlan, ReadPlan } from '../plan/plan.ts'
import type { ReadNode } from '../plan/tree/read-tree.ts'
import { bodySql } from './body.ts'
import { callSql } from './call/call.ts'
import { answered, envelopeSql, nothing, settings } from './envelope.ts'
import { resultRows } from './names.ts'
import { arrayLiteral, createParameters, type Parameters } from './parameters.ts'
import { countedRowsSql } from './read/count.ts'
import { selectSql } from './read/select.ts'
import { mutationSql } from './write/mutation.ts'

export interface CompiledPlan {
  /** Answers with one row of `envelopeColumns`, or with the lines of an execution plan. */
  readonly main: Statement
  /** Postgres's guess of how many rows there are: `Plan Rows` of the first plan in its JSON. */
  readonly estimate: Statement | null
}

/** A plan that asks the database for rows. */
export type RowsPlan = ReadPlan | MutationPlan | CallPlan

export function compile(plan: RowsPlan): CompiledPlan {
  const parameters = createParameters()
  const text = explained(plan.answer.explain, mainSql(plan, parameters))
  return { main: statement(text, parameters), estimate: plan.kind === 'read' ? estimateOf(plan) : null }
}

function mainSql(plan: RowsPlan, parameters: Parameters): Sql {
  switch (plan.kind) {
    case 'read':
      return readSql(plan, parameters)
    case 'mutation':
      return changeSql(plan, parameters)
    case 'call':
      return calledSql(plan, parameters)
  }
}

const counted = sql`pg_catalog.count(${answered})`

function readSql(plan: ReadPlan, parameters: Parameters): Sql {
  const source = selectSql(plan.tree, parameters)
  const { total, more } = totalSql(plan, counted, parameters)
  const body = bodySql(plan.answer.handler, null)
  const columns = { total, page: counted, body, inserted: nothing, location: nothing }
  return envelopeSql(source, more, sql`SELECT * FROM ${resultRows}`, columns)
}

function changeSql(plan: MutationPlan, parameters: Parameters): Sql {
  const { mutation, answer } = plan
  const source = mutationSql(plan, parameters)
  // Without a body, the select tree must not be run: its columns were not returned.
  const rows = answer.handler.kind === 'none' ? sql`SELECT * FROM ${resultRows}` : selectSql(plan.tree, parameters)
  const isInsert = mutation.kind === 'insert'
  const inserted = isInsert && mutation.conflict?.do === 'merge' ? settings.inserted : nothing
  const location = isInsert && plan.return === 'headers-only' ? locationSql(mutation.primaryKey, parameters) : nothing
  const body = bodySql(answer.handler, null)
  return envelopeSql(source, sql``, rows, { total: nothing, page: counted, body, inserted, location })
}

function calledSql(plan: CallPlan, parameters: Parameters): Sql {
  const source = callSql(plan, parameters)
  const page = plan.routine.returns.set ? counted : sql`1::bigint`
  const { total, more } = totalSql(plan, page, parameters)
  const rows = selectSql(plan.tree, parameters)
  const body = bodySql(plan.answer.handler, plan.routine)
  return envelopeSql(source, more, rows, { total, page, body, inserted: nothing, location: nothing })
}

/** Counting is free where the page is everything there is; else a query of its own. */
function totalSql(plan: ReadPlan | CallPlan, page: Sql, parameters: Parameters): { total: Sql; more: Sql } {
  if (plan.count !== 'exact' && plan.count !== 'estimated') return { total: sql`NULL::bigint`, more: sql`` }
  const isWhole = plan.range.offset === 0 && plan.range.limit === null
  if (plan.maxRows === null && isWhole) return { total: page, more: sql`` }
  const rows = countedRowsSql(plan.tree, parameters)
  const isGuess = plan.kind === 'read' && plan.count === 'estimated' && plan.maxRows !== null
  const limit = isGuess ? sql` LIMIT ${parameters.add(String((plan.maxRows ?? 0) + 1))}` : sql``
  return {
    total: sql`(SELECT pg_catalog.count(*) FROM pgrst_source_count)`,
    more: sql`, pgrst_source_count AS (${rows}${limit})`,
  }
}

/** The primary key of the only row, as JSON pairs; NULL for several. */
function locationSql(primaryKey: readonly string[], parameters: Parameters): Sql {
  const keys = parameters.add(arrayLiteral(primaryKey))
  const pairs = sql`SELECT json_agg(json_build_array(pair.key, pair.value)) FROM (SELECT row_to_json(_) AS row FROM ${resultRows} AS _ LIMIT 1) AS data, json_each_text(data.row) AS pair WHERE pair.key = ANY(${keys})`
  return sql`CASE WHEN ${counted} = 1 THEN (${pairs}) END`
}

function estimateOf({ tree, count }: ReadPlan): Statement | null {
  if (count !== 'planned' && count !== 'estimated') return null
  return explainedCount(tree)
}

function explainedCount(tree: ReadNode): Statement {
  const parameters = createParameters()
  return statement(sql`EXPLAIN (FORMAT JSON) ${countedRowsSql(tree, parameters)}`, parameters)
}

const explainWords = {
  analyze: sql`ANALYZE`,
  verbose: sql`VERBOSE`,
  settings: sql`SETTINGS`,
  buffers: sql`BUFFERS`,
  wal: sql`WAL`,
} as const

function explained(explain: Answer['explain'], main: Sql): Sql {
  if (explain === null) return main
  const format = explain.format === 'json' ? sql`FORMAT JSON` : sql`FORMAT TEXT`
  const words = explain.options.map((option) => explainWords[option])
  return sql`EXPLAIN (${join([format, ...words], sql`, `)}) ${main}`
}

function statement(text: Sql, { values }: Parameters): Statement {
  return { kind: 'statement', text, values }
}
