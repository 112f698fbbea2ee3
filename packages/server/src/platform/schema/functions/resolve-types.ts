// Types as people write them become Postgres' own spelling of a type that exists, so that nothing else can stand there.

import type { PlatformSession } from '../../database/platform-database.ts'
import { requireType } from '../../database/require-type.ts'
import { parseReturns } from './parse-returns.ts'
import type { Argument, Returns } from './sql/function-statements.ts'

/** The return type as the statement takes it; a function keeps no length or precision of a type. Refuses `platform.type-unknown`. */
export async function resolveReturns(session: PlatformSession, text: string | null): Promise<Returns | null> {
  if (text === null) return null
  const returns = parseReturns(text)
  if (returns.kind !== 'table') return { kind: returns.kind, type: await requireType(session, returns.type) }
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
  for (const each of typed) resolved.push({ ...each, type: await requireType(session, each.type) })
  return resolved
}
