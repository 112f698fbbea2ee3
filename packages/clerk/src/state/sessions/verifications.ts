// Verifications: something that somebody has to show (a code, a link, an answer of another provider) before its time
// is over. What would prove it is kept as a digest. A verification is settled once.

import type { JsonObject } from '../../tokens/json.ts'
import { newId } from '../database/ids.ts'
import { secretDigest } from '../database/secret-digest.ts'
import type { Store } from '../database/store.ts'

export type VerificationStatus = 'unverified' | 'verified' | 'transferable' | 'failed' | 'expired'

/** A verification as it is now. Times are Unix milliseconds. */
export interface Verification {
  readonly id: string
  readonly strategy: string
  readonly status: VerificationStatus
  /** The client that asked for it. */
  readonly clientId: string | null
  readonly attempts: number
  /** The address or number that it proves; null where it proves something else. */
  readonly recipient: string | null
  /** What the strategy keeps: `external_verification_redirect_url`, `nonce`, `verified_at_client` … */
  readonly detail: JsonObject
  /** For `error` on the wire: `{code, message, long_message}`. */
  readonly error: JsonObject | null
  readonly expireAt: number
  readonly createdAt: number
}

/** How a verification begins. */
export interface NewVerification {
  readonly strategy: string
  readonly clientId: string | null
  /** Digest of what proves it; null where nothing that is kept does. */
  readonly secretDigest: Buffer | null
  /** Whom a message goes to: what is proven by it, and counted in how many go there. */
  readonly recipient?: string | undefined
  readonly detail?: JsonObject | undefined
  /** Begins as verified: what proved it was shown already. */
  readonly verified?: boolean | undefined
  /** Milliseconds. */
  readonly lifetime: number
  /** Where the digest depends on the id; a new one when left out. */
  readonly id?: string | undefined
}

/** The status now. `$2` must be the present. */
const statusNow = /* sql */ `case when v.status = 'unverified' and v.expire_at <= $2 then 'expired' else v.status end`

const columns = /* sql */ `
  v.id, v.strategy, ${statusNow} as status, v.client_id as "clientId", v.attempts, v.recipient, v.detail,
  v.error,
  v.expire_at as "expireAt", v.created_at as "createdAt"`

/** Adds a verification. */
export async function insertVerification(store: Store, added: NewVerification): Promise<Verification> {
  const now = store.now()
  const [row] = await store.db.query<Verification>(
    `insert into clerk.verifications as v
       (instance_id, id, strategy, status, client_id, secret_digest, recipient, detail, expire_at, created_at)
     values ($1, $3, $4, $5, $6, $7, $8, $9, $10, $2) returning ${columns}`,
    [
      store.instanceId,
      now,
      added.id ?? newId('ver'),
      added.strategy,
      added.verified === true ? 'verified' : 'unverified',
      added.clientId,
      added.secretDigest,
      added.recipient ?? null,
      JSON.stringify(added.detail ?? {}),
      now + added.lifetime,
    ],
  )
  if (row === undefined) throw new Error('an insert returned no row')
  return row
}

/** The verification of an id, or null. */
export async function findVerification(store: Store, id: string): Promise<Verification | null> {
  const [row] = await store.db.query<Verification>(
    `select ${columns} from clerk.verifications v where v.instance_id = $1 and v.id = $3`,
    [store.instanceId, store.now(), id],
  )
  return row ?? null
}

/** Verifications by id. */
export async function findVerifications(
  store: Store,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Verification>> {
  if (ids.length === 0) return new Map()
  const rows = await store.db.query<Verification>(
    `select ${columns} from clerk.verifications v where v.instance_id = $1 and v.id = any($3)`,
    [store.instanceId, store.now(), ids],
  )
  return new Map(rows.map((row) => [row.id, row]))
}

/** The verification that a secret (of a link, of a provider's answer) belongs to, or null. */
export async function findVerificationBySecret(store: Store, secret: string): Promise<Verification | null> {
  const [row] = await store.db.query<Verification>(
    `select ${columns} from clerk.verifications v where v.instance_id = $1 and v.secret_digest = $3`,
    [store.instanceId, store.now(), secretDigest(secret)],
  )
  return row ?? null
}

/**
 * Counts an attempt and hands back the digest to compare with; null when the verification is over. Of attempts at the
 * same moment no more than `most` get the digest.
 */
export async function countAttempt(
  store: Store,
  id: string,
  most: number,
): Promise<{ readonly digest: Buffer | null; readonly attempts: number } | null> {
  const [row] = await store.db.query<{ digest: Buffer | null; attempts: number }>(
    `update clerk.verifications v set attempts = attempts + 1
     where v.instance_id = $1 and v.id = $3 and (${statusNow}) = 'unverified' and v.attempts < $4
     returning v.secret_digest as digest, v.attempts`,
    [store.instanceId, store.now(), id, most],
  )
  return row ?? null
}

/** How a verification ends, with what is to be kept of it. */
export interface Settlement {
  readonly status: 'verified' | 'transferable' | 'failed'
  readonly detail?: JsonObject | undefined
  readonly error?: JsonObject | undefined
}

/** Settles a verification whose time is not over; false when it was settled before. Of two calls at once one is false. */
export async function settleVerification(store: Store, id: string, settlement: Settlement): Promise<boolean> {
  const settled = await store.db.query(
    `update clerk.verifications v set status = $4, detail = v.detail || $5::jsonb, error = $6::jsonb
     where v.instance_id = $1 and v.id = $3 and (${statusNow}) = 'unverified' returning 1`,
    [
      store.instanceId,
      store.now(),
      id,
      settlement.status,
      JSON.stringify(settlement.detail ?? {}),
      settlement.error === undefined ? null : JSON.stringify(settlement.error),
    ],
  )
  return settled.length > 0
}

/** Lets messages to one recipient be counted and added one at a time, to the end of the transaction. */
export async function lockRecipient(store: Store, recipient: string): Promise<void> {
  await store.db.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
    `clerk.recipient ${store.instanceId} ${recipient}`,
  ])
}

/** When the messages to a recipient since a moment were sent, the oldest first. */
export async function sentSince(store: Store, recipient: string, since: number): Promise<readonly number[]> {
  const rows = await store.db.query<{ createdAt: number }>(
    `select created_at as "createdAt" from clerk.verifications
     where instance_id = $1 and recipient = $2 and created_at > $3 order by created_at`,
    [store.instanceId, recipient, since],
  )
  return rows.map(({ createdAt }) => createdAt)
}
