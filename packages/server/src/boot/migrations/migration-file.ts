// One SQL file of a project as it will run: its statements, and whether they share one transaction.

import { type FileStatement, splitStatements } from '../../database/script/split-statements.ts'
import { controlsTransaction, runsOutsideTransactions } from '../../database/script/transaction-rules.ts'
import { Refusal } from '../../refusal/refusal.ts'

/**
 * `one`: all statements or none. `none`: each statement for itself, as the file asks for it or holds a statement that
 * Postgres runs in no transaction. `own`: the file begins and commits by itself.
 */
export type TransactionMode = 'one' | 'none' | 'own'

export interface SqlFile {
  /** As people know it, relative to the project. */
  readonly path: string
  readonly statements: readonly FileStatement[]
  readonly transaction: TransactionMode
}

/** Written as a comment before the first statement, it asks for mode `none`. */
const optOut = /^(?:\s|--[^\n]*\n|\/\*[\s\S]*?\*\/)*?--\s*tenon:\s*no transaction\s*$/im

/** Refuses with `migration.unreadable` what cannot be split or needs psql. */
export function parseSqlFile(path: string, text: string): SqlFile {
  const outcome = splitStatements(text)
  if (outcome.kind === 'unreadable') throw unreadable(path, outcome.line, outcome.problem)
  return { path, statements: outcome.statements, transaction: transactionOf(text, outcome.statements) }
}

function transactionOf(text: string, statements: readonly FileStatement[]): TransactionMode {
  if (statements.some(({ text: statement }) => controlsTransaction(statement))) return 'own'
  const asks = optOut.test(text.slice(0, text.indexOf(statements[0]?.text ?? '')))
  const must = statements.some((statement) => runsOutsideTransactions(statement.text))
  return asks || must ? 'none' : 'one'
}

function unreadable(path: string, line: number, problem: string): Refusal<'migration.unreadable'> {
  const fix = /psql/.test(problem)
    ? 'Write the rows as INSERT statements, and leave the backslash commands out.'
    : 'Close it, or remove what opens it.'
  return new Refusal('migration.unreadable', { path, line, problem }, { fix })
}
