// Small questions to the server, asked as the login role.

import type { Database, Rows, Statement } from '../../../database/statement.ts'
import { schemasExistStatement, serverNameStatement } from './sql/server-statements.ts'

type Run = Database['run']

/** `PostgreSQL 18.4 on x86_64-…`. Refuses with `postgres.*`. */
export async function readServerName(run: Run, role: string): Promise<string> {
  const [named] = await ask(run, role, serverNameStatement)
  return named?.rows[0]?.[0] ?? 'PostgreSQL'
}

/** Refuses with `postgres.error` (3F000) where one does not exist, as PostgREST's own reading of the catalog would. */
export async function assertSchemasExist(run: Run, role: string, schemas: readonly string[]): Promise<void> {
  await ask(run, role, schemasExistStatement(schemas))
}

function ask(run: Run, role: string, statement: Statement): Promise<readonly Rows[]> {
  return run({ kind: 'transaction', role, settings: [], readOnly: true, statements: [statement], end: 'commit' })
}
