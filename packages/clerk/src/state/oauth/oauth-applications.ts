// The applications that the instance is an OAuth server for. Secrets are kept as digests and told once.

import { randomBytes, timingSafeEqual } from 'node:crypto'

import { notFound } from '../../refusal/not-found.ts'
import { newId } from '../database/ids.ts'
import { type Listed, type Order, type Page, readPage } from '../database/page.ts'
import { secretDigest } from '../database/secret-digest.ts'
import { assignments, bindings, containing, insertion } from '../database/statement-builder.ts'
import type { Store } from '../database/store.ts'

export interface OAuthApplication {
  readonly id: string
  readonly name: string
  readonly clientId: string
  readonly clientUri: string | null
  readonly logoImageId: string | null
  readonly dynamicallyRegistered: boolean
  readonly consentScreenEnabled: boolean
  readonly pkceRequired: boolean
  /** A public client has no secret and has to use PKCE. */
  readonly public: boolean
  /** Separated by spaces: the most that it may ask for. */
  readonly scopes: string
  readonly redirectUris: readonly string[]
  readonly createdAt: number
  readonly updatedAt: number
}

/** What requests set. `undefined` leaves a column alone. */
export interface OAuthApplicationColumns {
  readonly name?: string | undefined
  readonly client_uri?: string | null | undefined
  readonly logo_image_id?: string | null | undefined
  readonly dynamically_registered?: boolean | undefined
  readonly consent_screen_enabled?: boolean | undefined
  readonly pkce_required?: boolean | undefined
  readonly public?: boolean | undefined
  readonly scopes?: string | undefined
  readonly redirect_uris?: readonly string[] | undefined
}

/** What applications can be sorted by. */
export const oauthApplicationOrders = ['created_at', 'name'] as const

export type OAuthApplicationOrder = (typeof oauthApplicationOrders)[number]

const columns = /* sql */ `
  id, name, client_id as "clientId", client_uri as "clientUri", logo_image_id as "logoImageId",
  dynamically_registered as "dynamicallyRegistered", consent_screen_enabled as "consentScreenEnabled",
  pkce_required as "pkceRequired", public, scopes, redirect_uris as "redirectUris", created_at as "createdAt",
  updated_at as "updatedAt"`

/** An application and its secret, null for a public one. */
export interface ApplicationWithSecret {
  readonly application: OAuthApplication
  readonly secret: string | null
}

/** Adds an application. */
export async function insertOAuthApplication(
  store: Store,
  change: OAuthApplicationColumns,
): Promise<ApplicationWithSecret> {
  const now = store.now()
  const secret = change.public === true ? null : newSecret()
  const id = newId('oapp')
  const { text, values } = insertion('clerk.oauth_applications', {
    ...change,
    instance_id: store.instanceId,
    id,
    client_id: randomBytes(12).toString('hex'),
    created_at: now,
    updated_at: now,
  })
  await store.db.query(text, values)
  await keepSecret(store, id, secret)
  return { application: await requireOAuthApplication(store, id), secret }
}

/** The application. Refuses an unknown id. */
export async function requireOAuthApplication(store: Store, id: string): Promise<OAuthApplication> {
  const [found] = await store.db.query<OAuthApplication>(
    `select ${columns} from clerk.oauth_applications where instance_id = $1 and id = $2`,
    [store.instanceId, id],
  )
  if (found === undefined) throw notFound('oauth_application', id)
  return found
}

/** The application of a client id, or null. */
export async function findOAuthClient(store: Store, clientId: string): Promise<OAuthApplication | null> {
  const [found] = await store.db.query<OAuthApplication>(
    `select ${columns} from clerk.oauth_applications where instance_id = $1 and client_id = $2`,
    [store.instanceId, clientId],
  )
  return found ?? null
}

/** Changes an application. Refuses an unknown id. */
export async function updateOAuthApplication(store: Store, id: string, change: OAuthApplicationColumns): Promise<void> {
  const bound = bindings(store.instanceId, id)
  const set = assignments({ ...change, updated_at: store.now() }, bound)
  const [updated] = await store.db.query(
    `update clerk.oauth_applications set ${set} where instance_id = $1 and id = $2 returning 1`,
    bound.values,
  )
  if (updated === undefined) throw notFound('oauth_application', id)
}

/** Gives an application another secret; the one before counts no longer. Refuses an unknown id. */
export async function rotateOAuthSecret(store: Store, id: string): Promise<ApplicationWithSecret> {
  const application = await requireOAuthApplication(store, id)
  const secret = application.public ? null : newSecret()
  await keepSecret(store, id, secret)
  return { application, secret }
}

/** Deletes an application with its tokens. Refuses an unknown id. */
export async function deleteOAuthApplication(store: Store, id: string): Promise<void> {
  const [deleted] = await store.db.query(
    'delete from clerk.oauth_applications where instance_id = $1 and id = $2 returning 1',
    [store.instanceId, id],
  )
  if (deleted === undefined) throw notFound('oauth_application', id)
}

/** One page of the applications whose name contains the query, or whose client id it is, and how many pass. */
export async function listOAuthApplications(
  store: Store,
  nameQuery: string | undefined,
  order: Order<OAuthApplicationOrder>,
  page: Page,
): Promise<Listed<OAuthApplication>> {
  const bound = bindings(store.instanceId)
  const where = ['instance_id = $1']
  if (nameQuery !== undefined) {
    where.push(`(name ilike ${bound.bind(containing(nameQuery))} or client_id = ${bound.bind(nameQuery)})`)
  }
  const from = `from clerk.oauth_applications where ${where.join(' and ')}`
  const orderBy = `${order.column} ${order.direction}, position ${order.direction}`
  return readPage(store, { columns, from, orderBy }, bound, page)
}

/** True when a secret is the application's. Compares in constant time. */
export async function isOAuthSecret(store: Store, id: string, secret: string): Promise<boolean> {
  const [row] = await store.db.query<{ digest: Buffer | null }>(
    'select secret_digest as digest from clerk.oauth_applications where instance_id = $1 and id = $2',
    [store.instanceId, id],
  )
  return row?.digest !== undefined && row.digest !== null && timingSafeEqual(row.digest, secretDigest(secret))
}

async function keepSecret(store: Store, id: string, secret: string | null): Promise<void> {
  await store.db.query('update clerk.oauth_applications set secret_digest = $3 where instance_id = $1 and id = $2', [
    store.instanceId,
    id,
    secret === null ? null : secretDigest(secret),
  ])
}

function newSecret(): string {
  return randomBytes(32).toString('base64url')
}
