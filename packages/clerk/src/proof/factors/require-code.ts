// The code of somebody who has an authenticator app or backup codes.

import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { useBackupCode } from '../../state/people/backup-codes.ts'
import type { Store } from '../../state/database/store.ts'
import { requireUser } from '../../state/people/users.ts'
import { useTotpCode } from './use-totp.ts'

/** What a code turned out to be. */
export type CodeType = 'totp' | 'backup_code'

/** Tells a right code from a wrong one, and uses it up. Refuses a wrong one, and a user who has neither. */
export async function requireCode(store: Store, userId: string, code: string): Promise<CodeType> {
  const { backupCodeEnabled, totpEnabled } = await requireUser(store, userId)
  if (!totpEnabled && !backupCodeEnabled) throw new ClerkRefusal('totp_not_configured', {})
  if (await useTotpCode(store, userId, code)) return 'totp'
  if (await useBackupCode(store, userId, code)) return 'backup_code'
  throw new ClerkRefusal('totp_code_incorrect', {})
}
