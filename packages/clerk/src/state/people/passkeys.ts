// Passkeys: the public keys that people's devices made for this instance. One whose registration is under way has no
// credential yet.

import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { notFound } from '../../refusal/not-found.ts'
import { violatedConstraint } from '../database/database.ts'
import { newId } from '../database/ids.ts'
import type { Store } from '../database/store.ts'

/** A registered passkey as its owner sees it. */
export interface OwnPasskey {
  readonly id: string
  readonly name: string
  /** In base64url. */
  readonly credentialId: string
  readonly transports: readonly string[]
  readonly lastUsedAt: number | null
  readonly createdAt: number
  readonly updatedAt: number
}

/** What a device is checked against. */
export interface PasskeyCredential {
  readonly id: string
  readonly userId: string
  readonly credentialId: string
  readonly publicKey: Buffer
  readonly signCount: number
  readonly transports: readonly string[]
}

/** A passkey whose registration is under way. */
export interface PendingPasskey {
  readonly id: string
  readonly userId: string
  readonly name: string
  readonly verificationId: string
  readonly createdAt: number
}

/** Begins a registration in the place of the user's others that came to nothing, and hands back the passkey's id. */
export async function insertPendingPasskey(
  store: Store,
  userId: string,
  { name, verificationId }: { readonly name: string; readonly verificationId: string },
): Promise<string> {
  await store.db.query('delete from clerk.passkeys where instance_id = $1 and user_id = $2 and credential_id is null', [
    store.instanceId,
    userId,
  ])
  const id = newId('psk')
  await store.db.query(
    `insert into clerk.passkeys (instance_id, id, user_id, name, verification_id, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $6)`,
    [store.instanceId, id, userId, name, verificationId, store.now()],
  )
  return id
}

/** The user's passkey whose registration is under way. Refuses any other id. */
export async function requirePendingPasskey(store: Store, userId: string, id: string): Promise<PendingPasskey> {
  const [pending] = await store.db.query<PendingPasskey>(
    `select id, user_id as "userId", name, verification_id as "verificationId", created_at as "createdAt"
     from clerk.passkeys where instance_id = $1 and user_id = $2 and id = $3 and credential_id is null`,
    [store.instanceId, userId, id],
  )
  if (pending === undefined) throw notFound('passkey', id)
  return pending
}

/** Completes a registration. Refuses a credential that is registered already. */
export async function completePasskey(store: Store, id: string, credential: Omit<PasskeyCredential, 'id' | 'userId'>) {
  try {
    await store.db.query(
      `update clerk.passkeys set credential_id = $3, public_key = $4, sign_count = $5, transports = $6, updated_at = $7
       where instance_id = $1 and id = $2`,
      [
        store.instanceId,
        id,
        credential.credentialId,
        credential.publicKey,
        credential.signCount,
        credential.transports,
        store.now(),
      ],
    )
  } catch (error) {
    if (violatedConstraint(error) !== 'passkeys_credential') throw error
    throw new ClerkRefusal('passkey_invalid_public_key_credential', {}, { cause: error })
  }
}

/** The passkey that a device's credential id names, or null. */
export async function findPasskeyByCredential(store: Store, credentialId: string): Promise<PasskeyCredential | null> {
  const [found] = await store.db.query<PasskeyCredential>(
    `select id, user_id as "userId", credential_id as "credentialId", public_key as "publicKey",
       sign_count as "signCount", transports
     from clerk.passkeys where instance_id = $1 and credential_id = $2`,
    [store.instanceId, credentialId],
  )
  return found ?? null
}

/** Notes a use with the device's count of signatures; false when that count was seen before, so that a copy is found out. */
export async function usePasskey(store: Store, id: string, signCount: number): Promise<boolean> {
  const used = await store.db.query(
    `update clerk.passkeys set sign_count = $3, last_used_at = $4
     where instance_id = $1 and id = $2 and (sign_count < $3 or (sign_count = 0 and $3 = 0)) returning 1`,
    [store.instanceId, id, signCount, store.now()],
  )
  return used.length > 0
}

/** Gives a registered passkey of the user another name. Refuses any other id. */
export async function renamePasskey(store: Store, userId: string, id: string, name: string): Promise<void> {
  const renamed = await store.db.query(
    `update clerk.passkeys set name = $4, updated_at = $5
     where instance_id = $1 and user_id = $2 and id = $3 and credential_id is not null returning 1`,
    [store.instanceId, userId, id, name, store.now()],
  )
  if (renamed.length === 0) throw notFound('passkey', id)
}

/** Deletes a passkey of the user. Refuses any other id. */
export async function deletePasskey(store: Store, userId: string, id: string): Promise<void> {
  const deleted = await store.db.query(
    'delete from clerk.passkeys where instance_id = $1 and user_id = $2 and id = $3 returning 1',
    [store.instanceId, userId, id],
  )
  if (deleted.length === 0) throw notFound('passkey', id)
}
