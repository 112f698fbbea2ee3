// Taking second factors away from a person, from either door. With the last one go the backup codes.

import { deleteBackupCodes } from '../../state/people/backup-codes.ts'
import { changePhoneNumber, releaseSecondFactors, requirePhoneNumber } from '../../state/people/phone-numbers.ts'
import type { Store } from '../../state/database/store.ts'
import { updateUser, type UserColumns } from '../../state/people/users.ts'
import { changeUser } from '../people/change-user.ts'
import { hasSecondFactor } from './session-tasks.ts'

/** Forgets the authenticator app's secret. Refuses an unknown user. */
export function disableTotp(store: Store, userId: string): Promise<void> {
  return store.atomically(async (inner) => {
    await updateUser(inner, userId, { totp_secret: null })
    await changeUser(inner, userId, await lastFactorColumns(inner, userId))
  })
}

/** Takes a number out of the second factor. Refuses an unknown one. */
export function disablePhoneFactor(store: Store, phoneNumberId: string): Promise<void> {
  return store.atomically(async (inner) => {
    const number = await requirePhoneNumber(inner, phoneNumberId)
    await changePhoneNumber(inner, number, { reservedForSecondFactor: false })
    await changeUser(inner, number.userId, await lastFactorColumns(inner, number.userId))
  })
}

/** Takes every second factor away, backup codes included. Refuses an unknown user. */
export function disableSecondFactors(store: Store, userId: string): Promise<void> {
  return store.atomically(async (inner) => {
    await releaseSecondFactors(inner, userId)
    await disableTotp(inner, userId)
  })
}

/** What follows once a factor was turned off. */
export async function lastFactorColumns(store: Store, userId: string): Promise<UserColumns> {
  if (await hasSecondFactor(store, userId)) return {}
  await deleteBackupCodes(store, userId)
  return { mfa_disabled_at: store.now() }
}
