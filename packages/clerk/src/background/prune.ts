// What is past its time goes: events with their deliveries, messages, and the ways by which people came in.

import type { ClerkDatabase } from '../state/database.ts'

/** Thirty days, in milliseconds. */
export const defaultRetention = 2_592_000_000

/** Deletes what was recorded before a moment, in Unix milliseconds. */
export async function prune(database: ClerkDatabase, instanceIds: readonly string[], before: number): Promise<void> {
  for (const table of ['events', 'messages', 'sign_ins', 'sign_ups', 'verifications']) {
    await database.query(`delete from clerk.${table} where instance_id = any($1) and created_at < $2`, [
      instanceIds,
      before,
    ])
  }
}
