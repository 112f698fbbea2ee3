// Authenticator apps: the secret that waits to be proven, and the last step whose code was taken.

import type { Store } from '../database/store.ts'

export interface PendingTotp {
  readonly secret: string
  readonly createdAt: number
}

/** Keeps a secret until a code of it proves it, in the place of the one before. */
export async function putPendingTotp(store: Store, userId: string, secret: string): Promise<void> {
  await store.db.query(
    `insert into clerk.pending_totps (instance_id, user_id, secret, created_at) values ($1, $2, $3, $4)
     on conflict (instance_id, user_id) do update set secret = excluded.secret, created_at = excluded.created_at`,
    [store.instanceId, userId, secret, store.now()],
  )
}

/** The secret that waits, or null. */
export async function findPendingTotp(store: Store, userId: string): Promise<PendingTotp | null> {
  const [pending] = await store.db.query<PendingTotp>(
    `select secret, created_at as "createdAt" from clerk.pending_totps where instance_id = $1 and user_id = $2`,
    [store.instanceId, userId],
  )
  return pending ?? null
}

/** Forgets the secret that waits. */
export async function deletePendingTotp(store: Store, userId: string): Promise<void> {
  await store.db.query('delete from clerk.pending_totps where instance_id = $1 and user_id = $2', [
    store.instanceId,
    userId,
  ])
}

/** Takes a step and all before it; false when it was taken already. Of two at the same time one is false. */
export async function claimTotpStep(store: Store, userId: string, step: number): Promise<boolean> {
  const claimed = await store.db.query(
    `update clerk.users set totp_last_step = $3
     where instance_id = $1 and id = $2 and coalesce(totp_last_step, -1) < $3 returning 1`,
    [store.instanceId, userId, step],
  )
  return claimed.length > 0
}
