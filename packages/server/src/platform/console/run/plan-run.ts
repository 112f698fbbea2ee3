// What a person's SQL asks for, before Postgres sees any of it: its statements, and how they share transactions.

import { type FileStatement, splitStatements } from '../../../database/script/split-statements.ts'
import { controlsTransaction, runsOutsideTransactions } from '../../../database/script/transaction-rules.ts'
import { Refusal } from '../../../refusal/refusal.ts'
import type { Explain, RunRequest } from './run-request.ts'

/** `one`: all statements or none. `as-written`: the text commits by itself, or holds what runs in no transaction. */
export type Transactions = 'one' | 'as-written'

export interface RunPlan {
  readonly statements: readonly PlannedStatement[]
  readonly transactions: Transactions
}

export interface PlannedStatement extends FileStatement {
  /** How it is to be explained instead of shown. */
  readonly explain: Explain | null
  /** Whether it only gives rows, so that reading may stop early; what changes rows runs to its end. */
  readonly reads: boolean
}

const explainable = /^(\(|(select|insert|update|delete|merge|values|with|table|execute)\b)/i
const reading = /^(\(|(select|values|with|table|execute|fetch)\b)/i

/** Refuses `platform.query-unreadable` and `platform.query-needs-transaction`. */
export function planRun({ sql, as, explain }: Pick<RunRequest, 'sql' | 'as' | 'explain'>): RunPlan {
  const split = splitStatements(sql)
  if (split.kind === 'unreadable') {
    throw new Refusal('platform.query-unreadable', { line: split.line, problem: split.problem })
  }
  const leaving = split.statements.find(({ text }) => controlsTransaction(text) || runsOutsideTransactions(text))
  // A procedure may commit by itself, which it can only outside of a transaction.
  const [only, ...others] = split.statements
  const calls = as === null && explain === null && others.length === 0 && /^call\b/i.test(only?.text ?? '')
  if (leaving !== undefined && as !== null) throw needsTransaction(leaving, `and runs as ${as.role} no longer then`)
  if (leaving !== undefined && explain !== null) throw needsTransaction(leaving, 'and could not be undone')
  return {
    statements: split.statements.map((statement) => ({
      ...statement,
      explain: explainable.test(statement.text) ? explain : null,
      reads: reading.test(statement.text),
    })),
    transactions: leaving === undefined && !calls ? 'one' : 'as-written',
  }
}

function needsTransaction({ line, text }: FileStatement, reason: string): Refusal {
  const statement = text.split(/\s+/, 2).join(' ').toUpperCase()
  const fix = 'Run it as the owner (postgres) and without explaining, or leave the statement out.'
  return new Refusal('platform.query-needs-transaction', { line, statement, reason }, { fix })
}
