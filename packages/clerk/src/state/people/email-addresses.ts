// E-mail addresses of users. An address that is verified or reserved belongs to one user of the instance;
// unverified ones may be on several.

import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { notFound } from '../../refusal/not-found.ts'
import { violatedConstraint } from '../database/database.ts'
import { newId } from '../database/ids.ts'
import { assignments, bindings } from '../database/statement-builder.ts'
import type { Store } from '../database/store.ts'

/** How far an address or a number has been proven. `admin` is the strategy of what the Backend API vouches for. */
export interface Identification {
  readonly id: string
  readonly userId: string
  readonly reserved: boolean
  readonly verificationStatus: 'unverified' | 'verified' | null
  readonly verificationStrategy: string | null
  /** The verification that its owner prepared last. */
  readonly verificationId: string | null
  readonly createdAt: number
  readonly updatedAt: number
}

export interface EmailAddress extends Identification {
  readonly emailAddress: string
}

/** `reserved`: nobody else may claim it, although it is not proven. */
export type IdentificationStatus = 'verified' | 'reserved' | 'unverified'

const columns = /* sql */ `
  id, user_id as "userId", email_address as "emailAddress", reserved, verification_status as "verificationStatus",
  verification_strategy as "verificationStrategy", verification_id as "verificationId", created_at as "createdAt", updated_at as "updatedAt"`

/** Adds an address to a user. Refuses one that another user has claimed, or that she has already. */
export async function insertEmailAddress(
  store: Store,
  userId: string,
  emailAddress: string,
  status: IdentificationStatus,
  strategy = 'admin',
): Promise<string> {
  const id = newId('idn')
  const now = store.now()
  await refusingTakenAddress(() =>
    store.db.query(
      `insert into clerk.email_addresses
         (instance_id, id, user_id, email_address, reserved, verification_status, verification_strategy, created_at, updated_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $8)`,
      [store.instanceId, id, userId, emailAddress, ...verificationOf(status, strategy), now],
    ),
  )
  return id
}

/** Sets how far the address is proven. Refuses when another user has claimed it meanwhile. */
export async function setEmailAddressStatus(
  store: Store,
  id: string,
  status: IdentificationStatus,
  strategy = 'admin',
): Promise<void> {
  const [reserved, verification_status, verification_strategy] = verificationOf(status, strategy)
  const bound = bindings(store.instanceId, id)
  const set = assignments({ reserved, verification_status, verification_strategy, updated_at: store.now() }, bound)
  await refusingTakenAddress(() =>
    store.db.query(`update clerk.email_addresses set ${set} where instance_id = $1 and id = $2`, bound.values),
  )
}

/** The address. Refuses an unknown id. */
export async function requireEmailAddress(store: Store, id: string): Promise<EmailAddress> {
  const [address] = await store.db.query<EmailAddress>(
    `select ${columns} from clerk.email_addresses where instance_id = $1 and id = $2`,
    [store.instanceId, id],
  )
  if (address === undefined) throw notFound('email_address', id)
  return address
}

/** Remembers the verification that was prepared for an address. */
export async function setEmailAddressVerification(store: Store, id: string, verificationId: string): Promise<void> {
  await store.db.query('update clerk.email_addresses set verification_id = $3 where instance_id = $1 and id = $2', [
    store.instanceId,
    id,
    verificationId,
  ])
}

/** The address that a verification was prepared for, or null. */
export async function findEmailAddressByVerification(
  store: Store,
  verificationId: string,
): Promise<EmailAddress | null> {
  const [address] = await store.db.query<EmailAddress>(
    `select ${columns} from clerk.email_addresses where instance_id = $1 and verification_id = $2`,
    [store.instanceId, verificationId],
  )
  return address ?? null
}

/** True when somebody has the address, verified or reserved. */
export async function isClaimedEmailAddress(store: Store, emailAddress: string): Promise<boolean> {
  const [claimed] = await store.db.query(
    `select 1 from clerk.email_addresses
     where instance_id = $1 and email_address = $2 and (verification_status = 'verified' or reserved)`,
    [store.instanceId, emailAddress],
  )
  return claimed !== undefined
}

/** True when somebody has the address in a spelling with other dots before the `@`. */
export async function isClaimedWithoutDots(store: Store, dotless: string): Promise<boolean> {
  const [claimed] = await store.db.query(
    `select 1 from clerk.email_addresses
     where instance_id = $1 and (verification_status = 'verified' or reserved)
       and replace(split_part(email_address, '@', 1), '.', '') || '@' || split_part(email_address, '@', 2) = $2
     limit 1`,
    [store.instanceId, dotless],
  )
  return claimed !== undefined
}

/** Deletes an address; when it was the primary one, the oldest verified other takes its place. */
export async function deleteEmailAddress(store: Store, id: string): Promise<void> {
  const address = await requireEmailAddress(store, id)
  await store.db.query('delete from clerk.email_addresses where instance_id = $1 and id = $2', [store.instanceId, id])
  await store.db.query(
    `update clerk.users u set updated_at = $4, primary_email_address_id = (
       select e.id from clerk.email_addresses e
       where e.instance_id = u.instance_id and e.user_id = u.id and e.verification_status = 'verified'
       order by e.position limit 1)
     where u.instance_id = $1 and u.id = $2 and u.primary_email_address_id = $3`,
    [store.instanceId, address.userId, id, store.now()],
  )
}

/** Column values of a status: reserved, verification_status, verification_strategy. */
export function verificationOf(
  status: IdentificationStatus,
  strategy: string,
): readonly [reserved: boolean, status: string | null, strategy: string | null] {
  if (status === 'verified') return [false, 'verified', strategy]
  return [status === 'reserved', null, null]
}

async function refusingTakenAddress<Result>(write: () => Promise<Result>): Promise<Result> {
  try {
    return await write()
  } catch (error) {
    if (!violatedConstraint(error)?.startsWith('email_addresses_')) throw error
    throw new ClerkRefusal(
      'form_identifier_exists',
      { param: 'email_address', identifier: 'email address' },
      { cause: error },
    )
  }
}
