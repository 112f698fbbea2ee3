// Sign-in tokens: a ticket that signs one user in, once. The ticket is a signed JWT; what is kept here
// says whether it still counts.

import { ClerkRefusal } from '../refusal/clerk-refusal.ts'
import { notFound } from '../refusal/not-found.ts'
import { newId } from './ids.ts'
import type { Store } from './store.ts'

export interface SignInToken {
  readonly id: string
  readonly userId: string
  readonly status: 'pending' | 'accepted' | 'revoked'
  /** Unix milliseconds. */
  readonly expiresAt: number
  readonly createdAt: number
  readonly updatedAt: number
}

const columns = /* sql */ `
  id, user_id as "userId", status, expires_at as "expiresAt", created_at as "createdAt", updated_at as "updatedAt"`

/** Adds a pending token for a user that exists. */
export async function insertSignInToken(store: Store, userId: string, lifetimeSeconds: number): Promise<SignInToken> {
  const now = store.now()
  const [token] = await store.db.query<SignInToken>(
    `insert into clerk.sign_in_tokens (instance_id, id, user_id, status, expires_at, created_at, updated_at)
     values ($1, $2, $3, 'pending', $4, $5, $5) returning ${columns}`,
    [store.instanceId, newId('sit'), userId, now + lifetimeSeconds * 1000, now],
  )
  if (token === undefined) throw new Error('an insert returned no row')
  return token
}

/** Revokes a pending token. Refuses an unknown one and one that was used or revoked. */
export async function revokeSignInToken(store: Store, id: string): Promise<SignInToken> {
  const [revoked] = await store.db.query<SignInToken>(
    `update clerk.sign_in_tokens set status = 'revoked', updated_at = $3
     where instance_id = $1 and id = $2 and status = 'pending' returning ${columns}`,
    [store.instanceId, id, store.now()],
  )
  if (revoked !== undefined) return revoked
  const [over] = await store.db.query<{ status: string }>(
    'select status from clerk.sign_in_tokens where instance_id = $1 and id = $2',
    [store.instanceId, id],
  )
  if (over === undefined) throw notFound('sign_in_token', id)
  throw new ClerkRefusal('sign_in_token_cannot_be_revoked_code', { status: over.status })
}
