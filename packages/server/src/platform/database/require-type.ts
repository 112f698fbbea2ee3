// Types that a person typed, read by Postgres itself, so that nothing else can stand where a type does.

import { isRefusal, Refusal } from '../../refusal/refusal.ts'
import type { PlatformSession } from './platform-database.ts'
import { typeByName } from './sql/type-by-name.ts'

/**
 * Postgres' own spelling of the type that the text names, without a length or precision: `varchar(10)` is
 * `character varying`. Refuses `platform.type-unknown`; the text of a type that is known may stand in a statement.
 */
export async function requireType(session: PlatformSession, type: string): Promise<string> {
  const known = await spelling(session, type)
  if (known === null) throw new Refusal('platform.type-unknown', { type })
  return known
}

/** Null also for what is not even the form of a type, which Postgres refuses to read. */
async function spelling(session: PlatformSession, type: string): Promise<string | null> {
  try {
    const [row] = await session.rows<{ type: string | null }>(typeByName, [type])
    return row?.type ?? null
  } catch (error) {
    if (isRefusal(error) && error.code === 'postgres.error') return null
    throw error
  }
}
