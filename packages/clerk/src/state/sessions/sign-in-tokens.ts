// Sign-in tokens: a ticket that signs one user in, once. The ticket is a signed JWT; what is kept here
// says whether it still counts.

import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { notFound } from '../../refusal/not-found.ts'
import { newId } from '../database/ids.ts'
import type { Store } from '../database/store.ts'

export interface SignInToken {
  readonly id: string
  readonly userId: string
  /** What she is to work in once she is in; null leaves it to her last one. */
  readonly organizationId: string | null
  readonly status: 'pending' | 'accepted' | 'revoked'
  /** Unix milliseconds. */
  readonly expiresAt: number
  readonly createdAt: number
  readonly updatedAt: number
}

const columns = /* sql */ `
  id, user_id as "userId", organization_id as "organizationId", status, expires_at as "expiresAt", created_at as "createdAt", updated_at as "updatedAt"`

/** What a new token is made of. */
export interface NewSignInToken {
  readonly userId: string
  readonly organizationId: string | null
  readonly lifetimeSeconds: number
}

/** Adds a pending token for a user that exists. */
export async function insertSignInToken(
  store: Store,
  { userId, organizationId, lifetimeSeconds }: NewSignInToken,
): Promise<SignInToken> {
  const now = store.now()
  const [token] = await store.db.query<SignInToken>(
    `insert into clerk.sign_in_tokens (instance_id, id, user_id, organization_id, status, expires_at, created_at, updated_at)
     values ($1, $2, $3, $4, 'pending', $5, $6, $6) returning ${columns}`,
    [store.instanceId, newId('sit'), userId, organizationId, now + lifetimeSeconds * 1000, now],
  )
  if (token === undefined) throw new Error('an insert returned no row')
  return token
}

/** The token. Refuses an unknown id. */
export async function requireSignInToken(store: Store, id: string): Promise<SignInToken> {
  const [token] = await store.db.query<SignInToken>(
    `select ${columns} from clerk.sign_in_tokens where instance_id = $1 and id = $2`,
    [store.instanceId, id],
  )
  if (token === undefined) throw notFound('sign_in_token', id)
  return token
}

/** Revokes a pending token. Refuses an unknown one and one that was used or revoked. */
export async function revokeSignInToken(store: Store, id: string): Promise<SignInToken> {
  if (await settleSignInToken(store, id, 'revoked')) return requireSignInToken(store, id)
  const { status } = await requireSignInToken(store, id)
  throw new ClerkRefusal('sign_in_token_cannot_be_revoked_code', { status })
}

/** Makes a pending token accepted or revoked; false when it is not pending. */
export async function settleSignInToken(store: Store, id: string, status: 'accepted' | 'revoked'): Promise<boolean> {
  const settled = await store.db.query(
    `update clerk.sign_in_tokens set status = $4, updated_at = $3
     where instance_id = $1 and id = $2 and status = 'pending' returning 1`,
    [store.instanceId, id, store.now(), status],
  )
  return settled.length > 0
}
