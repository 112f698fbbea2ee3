// Results as they were read, with the names of their columns' types.

import type { Client } from 'pg'

import type { Notice } from './console-connection.ts'
import type { PlannedStatement } from './plan-run.ts'
import type { StatementResult } from './run-answer.ts'
import { typeNames } from './sql/session-statements.ts'
import type { StatementOutcome } from './statement-run.ts'

export interface UnnamedResult {
  readonly number: number
  readonly statement: PlannedStatement
  readonly outcome: StatementOutcome
  readonly notices: readonly Notice[]
  readonly milliseconds: number
}

/** A type that was made and rolled back has no name any more, and is called `???` as Postgres does. */
export async function nameColumns(
  client: Client,
  results: readonly UnnamedResult[],
): Promise<readonly StatementResult[]> {
  const columns = results.flatMap(({ outcome }) => outcome.columns)
  const { rows } = await client.query<{ name: string }>(typeNames, [
    columns.map(({ typeId }) => typeId),
    columns.map(({ modifier }) => modifier),
  ])
  let next = 0
  return results.map(({ number, statement, outcome, notices, milliseconds }) => ({
    statement: number,
    line: statement.line,
    text: statement.text,
    tag: outcome.tag,
    columns: outcome.columns.map(({ name }) => ({ name, type: rows[next++]?.name ?? '???' })),
    rows: statement.explain === null ? outcome.rows : [],
    more: outcome.more,
    plan: statement.explain === null ? null : JSON.parse(outcome.rows[0]?.[0] ?? 'null'),
    notices,
    milliseconds,
  }))
}
