// Handshake payloads: cookies for an application's server, fetched once under a nonce.

import { randomBytes } from 'node:crypto'

import { secretDigest } from '../database/secret-digest.ts'
import type { Store } from '../database/store.ts'

const lifetime = 60_000

/** Keeps the `Set-Cookie` values for a minute and hands back their nonce. */
export async function insertHandshake(store: Store, directives: readonly string[]): Promise<string> {
  const nonce = randomBytes(24).toString('base64url')
  const now = store.now()
  await store.db.query('delete from clerk.handshakes where instance_id = $1 and expires_at <= $2', [
    store.instanceId,
    now,
  ])
  await store.db.query(
    'insert into clerk.handshakes (instance_id, nonce_digest, directives, expires_at) values ($1, $2, $3, $4)',
    [store.instanceId, secretDigest(nonce), JSON.stringify(directives), now + lifetime],
  )
  return nonce
}

/** The values under a nonce, once; null for a nonce that is unknown, used or too old. */
export async function takeHandshake(store: Store, nonce: string): Promise<readonly string[] | null> {
  const [row] = await store.db.query<{ directives: readonly string[] }>(
    `delete from clerk.handshakes where instance_id = $1 and nonce_digest = $2 and expires_at > $3 returning directives`,
    [store.instanceId, secretDigest(nonce), store.now()],
  )
  return row?.directives ?? null
}
