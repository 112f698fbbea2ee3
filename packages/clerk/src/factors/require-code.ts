// The code of somebody who has an authenticator app or backup codes.

import { ClerkRefusal } from '../refusal/clerk-refusal.ts'
import { useBackupCode } from '../state/backup-codes.ts'
import type { Store } from '../state/store.ts'
import { requireTotpSecret, requireUser } from '../state/users.ts'
import { totpMatches } from './totp.ts'

/** What a code turned out to be. */
export type CodeType = 'totp' | 'backup_code'

/** Tells a right code from a wrong one; a backup code is used up. Refuses a wrong one, and a user who has neither. */
export async function requireCode(store: Store, userId: string, code: string): Promise<CodeType> {
  const { backupCodeEnabled } = await requireUser(store, userId)
  const secret = await requireTotpSecret(store, userId)
  if (secret === null && !backupCodeEnabled) throw new ClerkRefusal('totp_not_configured', {})
  if (secret !== null && totpMatches(secret, code, store.now())) return 'totp'
  if (await useBackupCode(store, userId, code)) return 'backup_code'
  throw new ClerkRefusal('totp_code_incorrect', {})
}
