// Dev browsers: in development a browser names itself in the URL, because cookies of another site do not reach it.

import { randomBytes } from 'node:crypto'

import { secretDigest } from '../database/secret-digest.ts'
import type { Store } from '../database/store.ts'

/** Adds a dev browser and hands back its token. */
export async function insertDevBrowser(store: Store): Promise<string> {
  const token = `dvb_${randomBytes(24).toString('base64url')}`
  await store.db.query('insert into clerk.dev_browsers (instance_id, token_digest, created_at) values ($1, $2, $3)', [
    store.instanceId,
    secretDigest(token),
    store.now(),
  ])
  return token
}

/** From now on the dev browser speaks for the client. */
export async function bindDevBrowser(store: Store, token: string, clientId: string): Promise<void> {
  await store.db.query('update clerk.dev_browsers set client_id = $3 where instance_id = $1 and token_digest = $2', [
    store.instanceId,
    secretDigest(token),
    clientId,
  ])
}
