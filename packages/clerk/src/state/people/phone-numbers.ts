// Phone numbers of users, with their part as a second factor. Claimed as e-mail addresses are.

import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { notFound } from '../../refusal/not-found.ts'
import { violatedConstraint } from '../database/database.ts'
import { type Identification, type IdentificationStatus, verificationOf } from './email-addresses.ts'
import { newId } from '../database/ids.ts'
import { assignments, bindings } from '../database/statement-builder.ts'
import type { Store } from '../database/store.ts'

export interface PhoneNumber extends Identification {
  readonly phoneNumber: string
  readonly reservedForSecondFactor: boolean
  readonly defaultSecondFactor: boolean
}

/** What a request may change about a number. */
export interface PhoneNumberChange {
  readonly status?: IdentificationStatus | undefined
  /** How a status of `verified` was proven; `admin` when left out. */
  readonly strategy?: string | undefined
  readonly reservedForSecondFactor?: boolean | undefined
}

const columns = /* sql */ `
  id, user_id as "userId", phone_number as "phoneNumber", reserved,
  reserved_for_second_factor as "reservedForSecondFactor", default_second_factor as "defaultSecondFactor",
  verification_status as "verificationStatus", verification_strategy as "verificationStrategy",
  verification_id as "verificationId",
  created_at as "createdAt", updated_at as "updatedAt"`

/** Adds a number to a user. Refuses one that another user has claimed, or that she has already. */
export async function insertPhoneNumber(
  store: Store,
  userId: string,
  phoneNumber: string,
  status: IdentificationStatus,
  strategy = 'admin',
): Promise<string> {
  const id = newId('idn')
  const now = store.now()
  await refusingTakenNumber(() =>
    store.db.query(
      `insert into clerk.phone_numbers
         (instance_id, id, user_id, phone_number, reserved, verification_status, verification_strategy, created_at, updated_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $8)`,
      [store.instanceId, id, userId, phoneNumber, ...verificationOf(status, strategy), now],
    ),
  )
  return id
}

/** Changes a number. The first number reserved for the second factor becomes the default one. */
export async function changePhoneNumber(store: Store, number: PhoneNumber, change: PhoneNumberChange): Promise<void> {
  const [reserved, verification_status, verification_strategy] =
    change.status === undefined
      ? [undefined, undefined, undefined]
      : verificationOf(change.status, change.strategy ?? 'admin')
  const secondFactor = change.reservedForSecondFactor
  const bound = bindings(store.instanceId, number.id)
  const set = assignments(
    {
      reserved,
      verification_status,
      verification_strategy,
      reserved_for_second_factor: secondFactor,
      default_second_factor:
        secondFactor === undefined ? undefined : secondFactor && !(await hasDefault(store, number)),
      updated_at: store.now(),
    },
    bound,
  )
  await refusingTakenNumber(() =>
    store.db.query(`update clerk.phone_numbers set ${set} where instance_id = $1 and id = $2`, bound.values),
  )
}

/** The number. Refuses an unknown id. */
export async function requirePhoneNumber(store: Store, id: string): Promise<PhoneNumber> {
  const [number] = await store.db.query<PhoneNumber>(
    `select ${columns} from clerk.phone_numbers where instance_id = $1 and id = $2`,
    [store.instanceId, id],
  )
  if (number === undefined) throw notFound('phone_number', id)
  return number
}

/** True when somebody has the number, verified or reserved. */
export async function isClaimedPhoneNumber(store: Store, phoneNumber: string): Promise<boolean> {
  const [claimed] = await store.db.query(
    `select 1 from clerk.phone_numbers
     where instance_id = $1 and phone_number = $2 and (verification_status = 'verified' or reserved)`,
    [store.instanceId, phoneNumber],
  )
  return claimed !== undefined
}

/** Remembers the verification that was prepared for a number. */
export async function setPhoneNumberVerification(store: Store, id: string, verificationId: string): Promise<void> {
  await store.db.query('update clerk.phone_numbers set verification_id = $3 where instance_id = $1 and id = $2', [
    store.instanceId,
    id,
    verificationId,
  ])
}

/** Makes a number the one that second factors are asked from first, in the place of the one before. */
export async function setDefaultSecondFactor(store: Store, number: PhoneNumber): Promise<void> {
  await store.db.query(
    `update clerk.phone_numbers set default_second_factor = (id = $3), updated_at = $4
     where instance_id = $1 and user_id = $2 and default_second_factor <> (id = $3)`,
    [store.instanceId, number.userId, number.id, store.now()],
  )
}

/** Deletes a number; when it was the primary one, the oldest verified other takes its place. */
export async function deletePhoneNumber(store: Store, id: string): Promise<void> {
  const number = await requirePhoneNumber(store, id)
  await store.db.query('delete from clerk.phone_numbers where instance_id = $1 and id = $2', [store.instanceId, id])
  await store.db.query(
    `update clerk.users u set updated_at = $4, primary_phone_number_id = (
       select p.id from clerk.phone_numbers p
       where p.instance_id = u.instance_id and p.user_id = u.id and p.verification_status = 'verified'
       order by p.position limit 1)
     where u.instance_id = $1 and u.id = $2 and u.primary_phone_number_id = $3`,
    [store.instanceId, number.userId, id, store.now()],
  )
}

/** Takes every number of a user out of the second factor. */
export async function releaseSecondFactors(store: Store, userId: string): Promise<void> {
  await store.db.query(
    `update clerk.phone_numbers set reserved_for_second_factor = false, default_second_factor = false, updated_at = $3
     where instance_id = $1 and user_id = $2`,
    [store.instanceId, userId, store.now()],
  )
}

async function hasDefault(store: Store, number: PhoneNumber): Promise<boolean> {
  const [other] = await store.db.query(
    'select 1 from clerk.phone_numbers where instance_id = $1 and user_id = $2 and id <> $3 and default_second_factor',
    [store.instanceId, number.userId, number.id],
  )
  return other !== undefined
}

async function refusingTakenNumber<Result>(write: () => Promise<Result>): Promise<Result> {
  try {
    return await write()
  } catch (error) {
    if (!violatedConstraint(error)?.startsWith('phone_numbers_')) throw error
    throw new ClerkRefusal(
      'form_identifier_exists',
      { param: 'phone_number', identifier: 'phone number' },
      { cause: error },
    )
  }
}
