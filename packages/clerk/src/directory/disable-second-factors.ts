// Taking second factors away from a person, from either door.

import { deleteBackupCodes } from '../state/backup-codes.ts'
import { releaseSecondFactors } from '../state/phone-numbers.ts'
import type { Store } from '../state/store.ts'
import { changeUser } from './change-user.ts'

/** Forgets the authenticator app's secret. Refuses an unknown user. */
export function disableTotp(store: Store, userId: string): Promise<void> {
  return changeUser(store, userId, { totp_secret: null, mfa_disabled_at: store.now() })
}

/** Takes every second factor away, backup codes included. Refuses an unknown user. */
export function disableSecondFactors(store: Store, userId: string): Promise<void> {
  return store.atomically(async (inner) => {
    await releaseSecondFactors(inner, userId)
    await deleteBackupCodes(inner, userId)
    await disableTotp(inner, userId)
  })
}
