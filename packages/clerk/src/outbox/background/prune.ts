// What is past its time goes: events with their deliveries, messages, the ways by which people came in, browsers that
// nobody came in on, secrets that do not work any more, and accounts elsewhere that nobody proved to be hers.

import type { ClerkDatabase } from '../../state/database/database.ts'

/** Thirty days, in milliseconds. */
export const defaultRetention = 2_592_000_000

/** Each goes by when it was made. */
const records = ['events', 'messages', 'sign_ins', 'sign_ups', 'verifications'] as const

/** Each goes by when it ran out, whether it was used or not. */
const secrets = [
  'actor_tokens',
  'fake_grants',
  'handshakes',
  'oauth_codes',
  'oauth_flows',
  'oauth_tokens',
  'sign_in_tokens',
] as const

/**
 * Refresh tokens do not run out. One that was used stays as long as the grant goes on, because the grant has to end
 * when it comes again.
 */
const ofEndedGrant = /* sql */ `revoked_at < $2 and not exists (
  select from clerk.oauth_tokens t where t.instance_id = gone.instance_id and t.grant_id = gone.grant_id
    and t.kind = 'refresh' and t.revoked_at is null)`

/** Deletes what was recorded, or ran out, before a moment, in Unix milliseconds. */
export async function prune(database: ClerkDatabase, instanceIds: readonly string[], before: number): Promise<void> {
  const forget = async (table: string, condition: string): Promise<void> => {
    const text = `delete from clerk.${table} gone where instance_id = any($1) and ${condition}`
    await database.query(text, [instanceIds, before])
  }
  for (const table of records) await forget(table, 'created_at < $2')
  for (const table of secrets) await forget(table, 'expires_at < $2')
  await forget('oauth_tokens', ofEndedGrant)
  await forget('external_accounts', `(user_id is null or verification_status <> 'verified') and updated_at < $2`)
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
