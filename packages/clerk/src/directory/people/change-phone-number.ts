// A person's phone numbers, from either door. Each change is a change of the user and is told as one.

import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import type { IdentificationStatus } from '../../state/people/email-addresses.ts'
import {
  changePhoneNumber as writePhoneNumber,
  deletePhoneNumber,
  insertPhoneNumber,
  type PhoneNumberChange as PhoneNumberColumns,
  requirePhoneNumber,
} from '../../state/people/phone-numbers.ts'
import type { Store } from '../../state/database/store.ts'
import { requireUserLocked } from '../../state/people/users.ts'
import { requireProven } from './change-email-address.ts'
import { changeUser } from './change-user.ts'
import { lastFactorColumns } from '../sessions/disable-second-factors.ts'

/** A number to add, in E.164. */
export interface AddedPhoneNumber {
  readonly userId: string
  readonly phoneNumber: string
  readonly status: IdentificationStatus
  /** How a verified one was proven; `admin` when left out. */
  readonly strategy?: string | undefined
  /** Make it the primary one; the first verified one becomes it anyway. */
  readonly primary?: boolean | undefined
  readonly reservedForSecondFactor?: boolean | undefined
}

/** Adds a number and hands back its id. Refuses an unknown user, a taken number, and for one that is not verified to be primary or a second factor. */
export function addPhoneNumber(store: Store, added: AddedPhoneNumber): Promise<string> {
  return store.atomically(async (inner) => {
    const verified = added.status === 'verified'
    requireProven(added.primary ?? false, verified)
    requireProvenFactor(added.reservedForSecondFactor ?? false, verified)
    const user = await requireUserLocked(inner, added.userId)
    const id = await insertPhoneNumber(inner, user.id, added.phoneNumber, added.status, added.strategy)
    if (added.reservedForSecondFactor === true) {
      await writePhoneNumber(inner, await requirePhoneNumber(inner, id), { reservedForSecondFactor: true })
    }
    const primary = added.primary === true || (verified && user.primaryPhoneNumberId === null)
    await changeUser(inner, user.id, primary ? { primary_phone_number_id: id } : {})
    return id
  })
}

/** What may change about a number. */
export interface PhoneNumberChange extends PhoneNumberColumns {
  readonly primary?: boolean | undefined
}

/** Changes a number. Refuses an unknown one, one that another user has claimed meanwhile, and what `addPhoneNumber` refuses. */
export function changePhoneNumber(store: Store, id: string, change: PhoneNumberChange): Promise<void> {
  return store.atomically(async (inner) => {
    const number = await requirePhoneNumber(inner, id)
    const verified = (change.status ?? number.verificationStatus) === 'verified'
    requireProven(change.primary ?? false, verified)
    requireProvenFactor(change.reservedForSecondFactor ?? false, verified)
    const user = await requireUserLocked(inner, number.userId)
    const { primary, ...columns } = change
    await writePhoneNumber(inner, number, columns)
    const first = change.status === 'verified' && user.primaryPhoneNumberId === null
    await changeUser(inner, user.id, primary === true || first ? { primary_phone_number_id: id } : {})
  })
}

/** Removes a number; the oldest verified other becomes primary in its place. With the last second factor go the backup codes. Refuses an unknown one. */
export function removePhoneNumber(store: Store, id: string): Promise<void> {
  return store.atomically(async (inner) => {
    const { userId, reservedForSecondFactor } = await requirePhoneNumber(inner, id)
    await deletePhoneNumber(inner, id)
    await changeUser(inner, userId, reservedForSecondFactor ? await lastFactorColumns(inner, userId) : {})
  })
}

/** Refuses a number that is not verified as a second factor. */
export function requireProvenFactor(reserved: boolean, verified: boolean): void {
  if (reserved && !verified) {
    const reason = 'Cannot update second factor attributes for unverified identification'
    throw new ClerkRefusal('identification_update_failed', { reason })
  }
}
