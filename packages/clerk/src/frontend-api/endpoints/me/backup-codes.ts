// POST /me/backup_codes: a new set, shown once, in the place of the one before.

import { makeBackupCodes } from '../../../directory/sessions/backup-codes.ts'
import { hasSecondFactor } from '../../../directory/sessions/session-tasks.ts'
import { ClerkRefusal } from '../../../refusal/clerk-refusal.ts'
import { type FrontendAnswer, type FrontendEndpoint, resource, type SessionRequest } from '../../frontend-request.ts'
import { reverified } from '../../reverification/reverified.ts'

export const backupCodeEndpoints: readonly FrontendEndpoint[] = [
  { method: 'POST', path: '/v1/me/backup_codes', access: 'session', answer: reverified(create) },
]

async function create({ instance, store, session: { userId } }: SessionRequest): Promise<FrontendAnswer> {
  const { authentication } = (await instance.snapshot()).settings
  if (!authentication.backupCode) throw new ClerkRefusal('feature_not_enabled', { feature: 'backup codes' })
  if (!(await hasSecondFactor(store, userId))) throw new ClerkRefusal('backup_codes_not_available', {})
  const codes = await makeBackupCodes(store, userId)
  const now = store.now()
  const id = userId.replace(/^user_/, 'bcode_')
  return resource({ object: 'backup_code', id, codes, created_at: now, updated_at: now })
}
