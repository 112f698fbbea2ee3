// A backup code in the place of another second factor. It is used up when it is shown.

import { requireText } from '../../../parameters/body.ts'
import { ClerkRefusal } from '../../../refusal/clerk-refusal.ts'
import { useBackupCode } from '../../../state/people/backup-codes.ts'
import type { FactorStrategy } from '../factor.ts'
import { requirePerson } from '../require-person.ts'
import { spentNow } from '../spent-now.ts'

const strategy = 'backup_code'

export const backupCodeStrategy: FactorStrategy = {
  offers: (user, settings) => (user.backupCodeEnabled && settings.backupCode ? [{ strategy }] : []),
  attempt: async ({ store, form, client }, { person }) => {
    const { user } = requirePerson(person)
    const code = requireText(form, 'code').trim()
    if (!(await useBackupCode(store, user.id, code))) throw new ClerkRefusal('form_code_incorrect', {})
    return { strategy, spend: (inner) => spentNow(inner, strategy, client.id) }
  },
}
