// Actor tokens: a ticket by which somebody signs in as somebody else, once. The ticket is a signed JWT; what is kept
// here says whether it still counts.

import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { notFound } from '../../refusal/not-found.ts'
import type { JsonObject } from '../../tokens/json.ts'
import { newId } from '../database/ids.ts'
import type { Store } from '../database/store.ts'

export interface ActorToken {
  readonly id: string
  /** The person who is impersonated. */
  readonly userId: string
  /** Who impersonates, for the `act` claim; has at least `sub`. */
  readonly actor: JsonObject
  /** How long the session it opens may last, in milliseconds. */
  readonly sessionLifetime: number
  readonly status: 'pending' | 'accepted' | 'revoked'
  /** Unix milliseconds. */
  readonly expiresAt: number
  readonly createdAt: number
  readonly updatedAt: number
}

/** What a new token is made of; lifetimes in milliseconds. */
export interface NewActorToken {
  readonly userId: string
  readonly actor: JsonObject
  readonly lifetime: number
  readonly sessionLifetime: number
}

const columns = /* sql */ `
  id, user_id as "userId", actor, session_lifetime as "sessionLifetime", status, expires_at as "expiresAt",
  created_at as "createdAt", updated_at as "updatedAt"`

/** Adds a pending token for a user that exists. */
export async function insertActorToken(store: Store, token: NewActorToken): Promise<ActorToken> {
  const now = store.now()
  const [inserted] = await store.db.query<ActorToken>(
    `insert into clerk.actor_tokens
       (instance_id, id, user_id, actor, session_lifetime, status, expires_at, created_at, updated_at)
     values ($1, $2, $3, $4, $5, 'pending', $6, $7, $7) returning ${columns}`,
    [
      store.instanceId,
      newId('act'),
      token.userId,
      JSON.stringify(token.actor),
      token.sessionLifetime,
      now + token.lifetime,
      now,
    ],
  )
  if (inserted === undefined) throw new Error('an insert returned no row')
  return inserted
}

/** The token. Refuses an unknown id. */
export async function requireActorToken(store: Store, id: string): Promise<ActorToken> {
  const [token] = await store.db.query<ActorToken>(
    `select ${columns} from clerk.actor_tokens where instance_id = $1 and id = $2`,
    [store.instanceId, id],
  )
  if (token === undefined) throw notFound('actor_token', id)
  return token
}

/** Revokes a pending token. Refuses an unknown one and one that was used or revoked. */
export async function revokeActorToken(store: Store, id: string): Promise<ActorToken> {
  if (await settleActorToken(store, id, 'revoked')) return requireActorToken(store, id)
  const { status } = await requireActorToken(store, id)
  throw new ClerkRefusal('actor_token_cannot_be_revoked_code', { status })
}

/** Makes a pending token accepted or revoked; false when it is not pending. */
export async function settleActorToken(store: Store, id: string, status: 'accepted' | 'revoked'): Promise<boolean> {
  const settled = await store.db.query(
    `update clerk.actor_tokens set status = $4, updated_at = $3
     where instance_id = $1 and id = $2 and status = 'pending' returning 1`,
    [store.instanceId, id, store.now(), status],
  )
  return settled.length > 0
}
