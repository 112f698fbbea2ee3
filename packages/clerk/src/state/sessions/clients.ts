// Clients: one for each browser, whoever signs in on it. A browser proves to be its client by a token that is kept
// here as a digest: in the cookie `__client`, or through the dev browser it is bound to.

import { randomBytes } from 'node:crypto'

import { newId } from '../database/ids.ts'
import { type Listed, type Page, readPage } from '../database/page.ts'
import { secretDigest } from '../database/secret-digest.ts'
import { assignments, bindings } from '../database/statement-builder.ts'
import type { Store } from '../database/store.ts'

export interface Client {
  readonly id: string
  readonly lastActiveSessionId: string | null
  readonly lastAuthenticationStrategy: string | null
  readonly signInId: string | null
  readonly signUpId: string | null
  readonly createdAt: number
  /** When the set of its sessions last changed; `__client_uat` tells servers of it. */
  readonly updatedAt: number
}

/** Columns of `clerk.clients` that requests change. `undefined` leaves a column alone. */
export interface ClientColumns {
  readonly last_active_session_id?: string | null | undefined
  readonly last_authentication_strategy?: string | null | undefined
  readonly sign_in_id?: string | null | undefined
  readonly sign_up_id?: string | null | undefined
  readonly updated_at?: number | undefined
}

const clientColumns = /* sql */ `
  c.id, c.last_active_session_id as "lastActiveSessionId",
  c.last_authentication_strategy as "lastAuthenticationStrategy", c.sign_in_id as "signInId",
  c.sign_up_id as "signUpId", c.created_at as "createdAt", c.updated_at as "updatedAt"`

/** Adds a client. Its token is told here and never again. */
export async function insertClient(store: Store): Promise<{ readonly client: Client; readonly token: string }> {
  const token = randomBytes(32).toString('base64url')
  const now = store.now()
  const [client] = await store.db.query<Client>(
    `insert into clerk.clients as c (instance_id, id, token_digest, created_at, updated_at)
     values ($1, $2, $3, $4, $4) returning ${clientColumns}`,
    [store.instanceId, newId('client'), secretDigest(token), now],
  )
  if (client === undefined) throw new Error('an insert returned no row')
  return { client, token }
}

/** The client of an id, or null. */
export async function findClient(store: Store, id: string): Promise<Client | null> {
  const [client] = await store.db.query<Client>(
    `select ${clientColumns} from clerk.clients c where c.instance_id = $1 and c.id = $2`,
    [store.instanceId, id],
  )
  return client ?? null
}

/** One page of the clients, the newest first, and how many there are. */
export async function listClients(store: Store, page: Page): Promise<Listed<Client>> {
  const from = 'from clerk.clients c where c.instance_id = $1'
  const rows = { columns: clientColumns, from, orderBy: 'c.created_at desc, c.id desc' }
  return readPage(store, rows, bindings(store.instanceId), page)
}

/** Locks a client's row to the end of the transaction, so that what is decided by its sessions is decided once. */
export async function lockClient(store: Store, id: string): Promise<void> {
  await store.db.query('select 1 from clerk.clients where instance_id = $1 and id = $2 for update', [
    store.instanceId,
    id,
  ])
}

/** Changes a client. */
export async function changeClient(store: Store, id: string, change: ClientColumns): Promise<void> {
  const bound = bindings(store.instanceId, id)
  const set = assignments({ ...change }, bound)
  await store.db.query(`update clerk.clients set ${set} where instance_id = $1 and id = $2`, bound.values)
}

/** Forgets a client; its sessions are the caller's to end before. */
export async function deleteClient(store: Store, id: string): Promise<void> {
  await store.db.query('delete from clerk.clients where instance_id = $1 and id = $2', [store.instanceId, id])
}
