// What is past its time goes: events with their deliveries, messages, the ways by which people came in, and browsers that
// nobody came in on.

import type { ClerkDatabase } from '../../state/database/database.ts'

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
  await pruneBrowsers(database, instanceIds, before)
}

/** Browsers that nobody has signed in on of late: any visitor makes one. Who comes back with hers is given another. */
async function pruneBrowsers(database: ClerkDatabase, instanceIds: readonly string[], before: number): Promise<void> {
  await database.query(
    `delete from clerk.clients c where instance_id = any($1) and updated_at < $2 and not exists (
       select from clerk.sessions s where s.instance_id = c.instance_id and s.client_id = c.id)`,
    [instanceIds, before],
  )
  await database.query(
    'delete from clerk.dev_browsers where instance_id = any($1) and client_id is null and created_at < $2',
    [instanceIds, before],
  )
}
