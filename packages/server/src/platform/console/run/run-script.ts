// A person's SQL, statement by statement, on a connection of its own.

import { performance } from 'node:perf_hooks'

import { DatabaseError } from 'pg'

import { endsSession, refuseError } from '../../../database/pipeline/refuse-error.ts'
import { Refusal } from '../../../refusal/refusal.ts'
import { beginAs } from '../../database/sql/begin-as.ts'
import type { ConsoleConnection } from './console-connection.ts'
import { nameColumns } from './name-columns.ts'
import type { PlannedStatement, RunPlan } from './plan-run.ts'
import type { RunAnswer, StatementError } from './run-answer.ts'
import type { RunRequest } from './run-request.ts'
import type { RunningQuery } from './running-queries.ts'
import { explainPrefix, rollBackAndTakeTime, setUp, takeTime } from './sql/session-statements.ts'
import { readError } from './statement-error.ts'
import type { UnnamedResult } from './name-columns.ts'

/** Of all values of all results together. */
const MOST_CHARACTERS = 32 * 1024 * 1024

interface Run {
  readonly connection: ConsoleConnection
  readonly request: RunRequest
  readonly plan: RunPlan
  readonly query: RunningQuery
}

interface Progress {
  readonly results: UnnamedResult[]
  /** Kept so far, of all values. */
  characters: number
  error: StatementError | null
}

/**
 * Runs until a statement fails or the query is cancelled; Postgres' errors are part of the answer. Refuses
 * `platform.query-lost` where the connection ends, and what `as` may not be.
 */
export async function runScript(run: Run): Promise<RunAnswer> {
  const { connection, plan } = run
  const began = performance.now()
  await begin(run)
  const progress: Progress = { results: [], characters: 0, error: null }
  for (const statement of plan.statements) {
    if (!(await runNext(run, statement, progress))) break
  }
  const ending = await end(run, progress)
  return {
    ...ending,
    results: await nameColumns(connection.client, progress.results),
    error: progress.error,
    milliseconds: performance.now() - began,
  }
}

/** Whatever is still open is undone; what was to be explained, always. */
async function end(run: Run, progress: Progress): Promise<Pick<RunAnswer, 'outcome' | 'leftOpen'>> {
  const { connection, request, plan } = run
  const one = plan.transactions === 'one'
  if (one && progress.error === null && request.explain === null) await commit(run, progress)
  const open = connection.inTransaction()
  try {
    await connection.client.query(open ? rollBackAndTakeTime : takeTime)
  } catch (error) {
    requireStatementError(error, run, plan.statements.length)
  }
  const kept = progress.error === null && request.explain === null
  const outcome = kept ? 'committed' : 'rolled-back'
  return { outcome: one ? outcome : 'as-written', leftOpen: !one && open }
}

async function begin({ connection, request, plan }: Run): Promise<void> {
  const { client } = connection
  try {
    await client.query(setUp, [String(request.timeout), request.readOnly ? 'on' : 'off'])
    if (plan.transactions === 'one') await client.query(beginAs(request.as))
  } catch (error) {
    throw error instanceof Error ? refuseError(error, request.as?.role ?? 'postgres') : error
  }
  connection.takeNotices()
}

/** Whether the next one may follow. */
async function runNext(run: Run, statement: PlannedStatement, progress: Progress): Promise<boolean> {
  const { connection, request, query } = run
  const number = progress.results.length + 1
  if (query.cancelled) {
    progress.error = cancelledBefore(number)
    return false
  }
  const prefix = statement.explain === null ? '' : explainPrefix[statement.explain]
  const began = performance.now()
  try {
    const outcome = await connection.run(prefix + statement.text, {
      rows: request.limit,
      characters: Math.max(0, MOST_CHARACTERS - progress.characters),
      stops: statement.explain === null && statement.reads,
    })
    const milliseconds = performance.now() - began
    progress.characters += outcome.characters
    progress.results.push({ number, statement, outcome, notices: connection.takeNotices(), milliseconds })
    return true
  } catch (error) {
    const failed = requireStatementError(error, run, number)
    progress.error = {
      ...readError(failed, { text: request.sql, start: statement.start, prefix: prefix.length }),
      statement: number,
      notices: connection.takeNotices(),
      cancelled: query.cancelled && failed.code === QUERY_CANCELED,
    }
    return false
  }
}

const QUERY_CANCELED = '57014'

function cancelledBefore(number: number): StatementError {
  const message = 'canceling statement due to user request'
  const none = { detail: null, hint: null, position: null, context: null, notices: [] }
  return { ...none, statement: number, sqlstate: QUERY_CANCELED, message, cancelled: true }
}

/** Constraints may be deferred to the commit, and belong to no statement then. */
async function commit(run: Run, progress: Progress): Promise<void> {
  try {
    await run.connection.client.query('commit')
  } catch (error) {
    const failed = requireStatementError(error, run, run.plan.statements.length)
    const notices = run.connection.takeNotices()
    progress.error = { ...readError(failed, null), statement: null, notices, cancelled: run.query.cancelled }
  }
}

function requireStatementError(error: unknown, { plan }: Run, statement: number): DatabaseError {
  if (error instanceof DatabaseError && !endsSession(error)) return error
  const reason = error instanceof Error ? error.message : String(error)
  const kept = plan.transactions !== 'one'
  const fix = 'Wait until Postgres answers again, and run it once more.'
  throw new Refusal('platform.query-lost', { statement, kept, reason }, { fix, cause: error })
}
