// Whether the types that a person typed exist.

import type { PlatformSession } from '../../../database/platform-database.ts'
import { requireType } from '../../../database/require-type.ts'

/** Refuses `platform.type-unknown` with the first text that names no type. After it they may stand in a statement. */
export async function checkTypes(session: PlatformSession, types: readonly string[]): Promise<void> {
  for (const type of new Set(types)) await requireType(session, type)
}
