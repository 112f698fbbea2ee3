// The code of an authenticator app as the second factor.

import { useTotpCode } from '../../../proof/factors/use-totp.ts'
import { requireText } from '../../../parameters/body.ts'
import { ClerkRefusal } from '../../../refusal/clerk-refusal.ts'
import type { FactorStrategy } from '../factor.ts'
import { requirePerson } from '../require-person.ts'
import { spentNow } from '../spent-now.ts'

const strategy = 'totp'

export const totpStrategy: FactorStrategy = {
  offers: (user, settings) => (user.totpEnabled && settings.authenticatorApp ? [{ strategy }] : []),
  attempt: async ({ store, form, client }, { person }) => {
    const { user } = requirePerson(person)
    if (!(await useTotpCode(store, user.id, requireText(form, 'code'))))
      throw new ClerkRefusal('form_code_incorrect', {})
    return { strategy, spend: (inner) => spentNow(inner, strategy, client.id) }
  },
}
