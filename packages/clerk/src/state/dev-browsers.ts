// Dev browsers: in development a browser names itself in the URL, because cookies of another site do not reach it.

import { randomBytes } from 'node:crypto'

import { type Client, findClient, tokenDigest } from './clients.ts'
import type { Store } from './store.ts'

/** A dev browser that is known, with its client once it has one. */
export interface DevBrowser {
  readonly token: string
  readonly client: Client | null
}

/** Adds a dev browser and hands back its token. */
export async function insertDevBrowser(store: Store): Promise<string> {
  const token = `dvb_${randomBytes(24).toString('base64url')}`
  await store.db.query('insert into clerk.dev_browsers (instance_id, token_digest, created_at) values ($1, $2, $3)', [
    store.instanceId,
    tokenDigest(token),
    store.now(),
  ])
  return token
}

/** The dev browser of a token, or null. */
export async function findDevBrowser(store: Store, token: string): Promise<DevBrowser | null> {
  const [row] = await store.db.query<{ clientId: string | null }>(
    'select client_id as "clientId" from clerk.dev_browsers where instance_id = $1 and token_digest = $2',
    [store.instanceId, tokenDigest(token)],
    'clerk-dev-browser',
  )
  if (row === undefined) return null
  return { token, client: row.clientId === null ? null : await findClient(store, row.clientId) }
}

/** From now on the dev browser speaks for the client. */
export async function bindDevBrowser(store: Store, token: string, clientId: string): Promise<void> {
  await store.db.query('update clerk.dev_browsers set client_id = $3 where instance_id = $1 and token_digest = $2', [
    store.instanceId,
    tokenDigest(token),
    clientId,
  ])
}
