// Whether the types that a person typed exist.

import { isRefusal, Refusal } from '../../../refusal/refusal.ts'
import type { PlatformSession } from '../../database/platform-database.ts'
import { resolveType } from './sql/column-clause.ts'

/** Refuses `platform.type-unknown` with the first text that names no type. After it they may stand in a statement. */
export async function checkTypes(session: PlatformSession, types: readonly string[]): Promise<void> {
  for (const type of new Set(types)) {
    if (!(await exists(session, type))) throw new Refusal('platform.type-unknown', { type })
  }
}

async function exists(session: PlatformSession, type: string): Promise<boolean> {
  try {
    const [row] = await session.rows<{ type: string | null }>(resolveType, [type])
    return (row?.type ?? null) !== null
  } catch (error) {
    if (isRefusal(error) && error.code === 'postgres.error') return false
    throw error
  }
}
