// Runs the statements of one SQL file and says exactly where it failed.

import { type ClientBase, DatabaseError } from 'pg'

import type { FileStatement } from '../../database/script/split-statements.ts'
import { lineOf } from '../../database/script/sql-tokens.ts'
import { Refusal } from '../../refusal/refusal.ts'
import type { SqlFile } from './migration-file.ts'

/**
 * Runs the file as its transaction mode says, from a session in its initial state, then `record` (in the file's
 * transaction, where it has one). Refuses with `migration.failed`; the session is usable afterwards.
 */
export async function runSqlFile(client: ClientBase, file: SqlFile, record: () => Promise<void>): Promise<void> {
  await resetSession(client)
  try {
    if (file.transaction === 'one') await runInTransaction(client, file, record)
    else await runAll(client, file, record)
  } finally {
    await client.query('rollback')
    await resetSession(client)
  }
}

/** What an earlier file set (search_path, role) must not leak into the next. */
async function resetSession(client: ClientBase): Promise<void> {
  await client.query('reset session authorization')
  await client.query('reset all')
}

/** Constraints may be deferred to the commit, and belong to no statement then. */
async function runInTransaction(client: ClientBase, file: SqlFile, record: () => Promise<void>): Promise<void> {
  await client.query('begin')
  await runAll(client, file, record)
  try {
    await client.query('commit')
  } catch (error) {
    throw explain(error, file, { ...(file.statements.at(-1) ?? { line: 1, start: 0 }), text: 'commit' })
  }
}

async function runAll(client: ClientBase, file: SqlFile, record: () => Promise<void>): Promise<void> {
  for (const statement of file.statements) {
    try {
      await client.query(statement.text)
    } catch (error) {
      throw explain(error, file, statement)
    }
  }
  if (file.transaction === 'own') await client.query('commit')
  await client.query('reset session authorization')
  await record()
}

function explain(error: unknown, file: SqlFile, statement: FileStatement): unknown {
  if (!(error instanceof DatabaseError)) return error
  const fixes = {
    one: 'Nothing of the file was kept. Correct the statement and apply again.',
    none: 'The file runs without a transaction: the statements before this one stand. Undo them or make them repeatable.',
    own: 'The file commits by itself: what it committed before this statement stands.',
  }
  return new Refusal(
    'migration.failed',
    {
      path: file.path,
      line: failingLine(statement, error.position),
      statement: statement.text,
      message: [error.message, error.detail].filter((part) => part !== undefined).join('. '),
      sqlstate: error.code ?? null,
      hint: error.hint ?? null,
      rolledBack: file.transaction === 'one',
    },
    { fix: fixes[file.transaction], cause: error },
  )
}

/** Postgres counts characters from 1 and sees the statement only. */
function failingLine(statement: FileStatement, position: string | undefined): number {
  if (position === undefined) return statement.line
  const before = Array.from(statement.text)
    .slice(0, Number(position) - 1)
    .join('')
  return statement.line - 1 + lineOf(before, before.length)
}
