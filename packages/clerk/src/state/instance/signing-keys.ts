// The RSA keys an instance signs with. One is current; the ones before it stay published until retired, so
// that tokens they signed verify to their end.

import { createPrivateKey, generateKeyPair, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'

import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { notFound } from '../../refusal/not-found.ts'
import { newId } from '../database/ids.ts'
import type { Store } from '../database/store.ts'

export interface SigningKey {
  readonly kid: string
  readonly privateKey: KeyObject
  readonly current: boolean
  /** Unix milliseconds. */
  readonly createdAt: number
}

/** A key as it is stored: PKCS#8 PEM. */
export type PrivateKeyPem = string

/** Makes an RSA-2048 key with exponent 65537, the only kind `CLERK_JWT_KEY` accepts, off the event loop. */
export async function generateSigningKey(): Promise<PrivateKeyPem> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048, publicExponent: 0x1_00_01 })
  return privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()
}

/** All published keys, the current one first. */
export async function loadSigningKeys(store: Store): Promise<readonly SigningKey[]> {
  const rows = await store.db.query<Omit<SigningKey, 'privateKey'> & { readonly pem: string }>(
    `select kid, private_key as pem, current, created_at as "createdAt" from clerk.signing_keys
     where instance_id = $1 order by current desc, created_at desc`,
    [store.instanceId],
  )
  return rows.map(({ pem, ...row }) => ({ ...row, privateKey: createPrivateKey(pem) }))
}

/** Makes a key the current one; the one before stays published. Hands back its `kid`. */
export async function addSigningKey(store: Store, pem: PrivateKeyPem): Promise<string> {
  const kid = newId('ins')
  await store.atomically(async ({ db, instanceId, now }) => {
    await db.query('update clerk.signing_keys set current = false where instance_id = $1 and current', [instanceId])
    await db.query(
      'insert into clerk.signing_keys (instance_id, kid, private_key, current, created_at) values ($1, $2, $3, true, $4)',
      [instanceId, kid, pem, now()],
    )
  })
  return kid
}

/** Takes the keys out that are no longer current: what they signed stops verifying. */
export async function retireSigningKeys(store: Store): Promise<void> {
  await store.db.query('delete from clerk.signing_keys where instance_id = $1 and not current', [store.instanceId])
}

/** Takes one such key out. Refuses the current one, and one that is not there. */
export async function retireSigningKey(store: Store, kid: string): Promise<void> {
  const [retired] = await store.db.query(
    'delete from clerk.signing_keys where instance_id = $1 and kid = $2 and not current returning kid',
    [store.instanceId, kid],
  )
  if (retired !== undefined) return
  const [current] = await store.db.query('select 1 from clerk.signing_keys where instance_id = $1 and kid = $2', [
    store.instanceId,
    kid,
  ])
  throw current === undefined ? notFound('signing_key', kid) : new ClerkRefusal('signing_key_current', { kid })
}
