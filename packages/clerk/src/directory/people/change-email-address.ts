// A person's e-mail addresses, from either door. Each change is a change of the user and is told as one.

import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import {
  deleteEmailAddress,
  type IdentificationStatus,
  insertEmailAddress,
  requireEmailAddress,
  setEmailAddressStatus,
} from '../../state/people/email-addresses.ts'
import type { Store } from '../../state/database/store.ts'
import { requireUserLocked } from '../../state/people/users.ts'
import { changeUser } from './change-user.ts'

/** An address to add, in its stored form. */
export interface AddedEmailAddress {
  readonly userId: string
  readonly emailAddress: string
  readonly status: IdentificationStatus
  /** How a verified one was proven; `admin` when left out. */
  readonly strategy?: string | undefined
  /** Make it the primary one; the first verified one becomes it anyway. */
  readonly primary?: boolean | undefined
}

/** Adds an address and hands back its id. Refuses an unknown user, a taken address, and a primary one that is not verified. */
export function addEmailAddress(store: Store, added: AddedEmailAddress): Promise<string> {
  return store.atomically(async (inner) => {
    const verified = added.status === 'verified'
    requireProven(added.primary ?? false, verified)
    const user = await requireUserLocked(inner, added.userId)
    const id = await insertEmailAddress(inner, user.id, added.emailAddress, added.status, added.strategy)
    const primary = added.primary === true || (verified && user.primaryEmailAddressId === null)
    await changeUser(inner, user.id, primary ? { primary_email_address_id: id } : {})
    return id
  })
}

/** What may change about an address. */
export interface EmailAddressChange {
  readonly status?: IdentificationStatus | undefined
  readonly strategy?: string | undefined
  readonly primary?: boolean | undefined
}

/** Changes an address. Refuses an unknown one, one that another user has claimed meanwhile, and a primary one that is not verified. */
export function changeEmailAddress(store: Store, id: string, change: EmailAddressChange): Promise<void> {
  return store.atomically(async (inner) => {
    const address = await requireEmailAddress(inner, id)
    const status = change.status ?? address.verificationStatus
    requireProven(change.primary ?? false, status === 'verified')
    const user = await requireUserLocked(inner, address.userId)
    if (change.status !== undefined) await setEmailAddressStatus(inner, id, change.status, change.strategy)
    const first = change.status === 'verified' && user.primaryEmailAddressId === null
    const primary = change.primary === true || first
    await changeUser(inner, user.id, primary ? { primary_email_address_id: id } : {})
  })
}

/** Removes an address; the oldest verified other becomes primary in its place. Refuses an unknown one. */
export function removeEmailAddress(store: Store, id: string): Promise<void> {
  return store.atomically(async (inner) => {
    const { userId } = await requireEmailAddress(inner, id)
    await deleteEmailAddress(inner, id)
    await changeUser(inner, userId, {})
  })
}

/** Refuses to make primary what is not verified. */
export function requireProven(primary: boolean, verified: boolean): void {
  if (primary && !verified) {
    throw new ClerkRefusal('identification_update_failed', { reason: 'Only a verified identification can be primary.' })
  }
}
