// Dev browsers: in development a browser names itself in the URL, because cookies of another site do not reach it.

import { randomBytes } from 'node:crypto'

import { byToken, type Client, clientColumns } from './clients.ts'
import { secretDigest } from '../database/secret-digest.ts'
import type { Store } from '../database/store.ts'

/** A dev browser that is known, with its client once it has one. */
export interface DevBrowser {
  readonly token: string
  readonly client: Client | null
}

/** The columns of a client that is not there are null. */
type DevBrowserRow = Omit<Client, 'id'> & { readonly id: string | null; readonly digest: Buffer }

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

/** The dev browsers of tokens, by token. */
export async function readDevBrowsers(
  store: Store,
  tokens: readonly string[],
): Promise<ReadonlyMap<string, DevBrowser>> {
  const rows = await store.db.query<DevBrowserRow>(
    `select d.token_digest as digest, ${clientColumns} from clerk.dev_browsers d
     left join clerk.clients c on c.instance_id = d.instance_id and c.id = d.client_id
     where d.instance_id = $1 and d.token_digest = any($2)`,
    [store.instanceId, tokens.map(secretDigest)],
    'clerk-dev-browsers',
  )
  return byToken(tokens, rows, ({ id, ...client }, token) => ({
    token,
    client: id === null ? null : { ...client, id },
  }))
}

/** From now on the dev browser speaks for the client. */
export async function bindDevBrowser(store: Store, token: string, clientId: string): Promise<void> {
  await store.db.query('update clerk.dev_browsers set client_id = $3 where instance_id = $1 and token_digest = $2', [
    store.instanceId,
    secretDigest(token),
    clientId,
  ])
}
