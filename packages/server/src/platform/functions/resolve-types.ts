// Types as people write them become Postgres' own spelling of a type that exists, so that nothing else can stand there.

import { sql } from '../../database/sql.ts'
import { Refusal } from '../../refusal/refusal.ts'
import type { PlatformSession } from '../database/platform-database.ts'
import { parseReturns } from './parse-returns.ts'
import type { Argument, Returns } from './sql/function-statements.ts'

/** A function keeps no length or precision of a type: `varchar(10)` comes back as `character varying`. */
async function resolveType(session: PlatformSession, type: string): Promise<string> {
  const [row] = await session.rows<{ name: string | null }>(sql`select format_type(to_regtype($1), null) as name`, [
    type,
  ])
  const name = row?.name ?? null
  if (name === null || name === '-') {
    throw new Refusal('platform.type-unknown', { type }, { fix: 'Choose a type of the list, or create it first.' })
  }
  return name
}

/** The return type as the statement takes it. Refuses `platform.type-unknown`. */
export async function resolveReturns(session: PlatformSession, text: string | null): Promise<Returns | null> {
  if (text === null) return null
  const returns = parseReturns(text)
  if (returns.kind !== 'table') return { kind: returns.kind, type: await resolveType(session, returns.type) }
  return { kind: 'table', columns: await resolveEach(session, returns.columns) }
}

/** The arguments with their types resolved. Refuses `platform.type-unknown`. */
export async function resolveArguments(
  session: PlatformSession,
  written: readonly Argument[],
): Promise<readonly Argument[]> {
  return await resolveEach(session, written)
}

async function resolveEach<Typed extends { readonly type: string }>(
  session: PlatformSession,
  typed: readonly Typed[],
): Promise<readonly Typed[]> {
  const resolved: Typed[] = []
  for (const each of typed) resolved.push({ ...each, type: await resolveType(session, each.type) })
  return resolved
}
