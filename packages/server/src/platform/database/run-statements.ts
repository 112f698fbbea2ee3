// Several statements, as they are run and as they are read.

import type { Sql } from '../../database/sql.ts'
import type { PlatformSession } from './platform-database.ts'

/** Runs each alone, so that no text of a person's can bring a second one along. Refuses `postgres.*`. */
export async function runStatements(session: PlatformSession, statements: readonly Sql[]): Promise<void> {
  for (const statement of statements) await session.execute(statement)
}

/** The statements as a script to read or to keep as a migration; empty where there are none. */
export function scriptOf(statements: readonly Sql[]): string {
  return statements.map((statement) => `${statement};`).join('\n\n')
}
