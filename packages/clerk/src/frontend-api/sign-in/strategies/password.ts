// A password as the first factor.

import { checkPassword } from '../../../directory/sessions/check-password.ts'
import { requireText } from '../../../parameters/body.ts'
import { digestPassword, ownHasher, passwordMatches } from '../../../proof/passwords/password-digests.ts'
import { ClerkRefusal } from '../../../refusal/clerk-refusal.ts'
import type { Proof } from '../../../proof/verification/proof.ts'
import type { ClientRequest } from '../../frontend-request.ts'
import type { Attempted, FactorStrategy } from '../factor.ts'
import { requirePerson } from '../require-person.ts'
import { spentNow } from '../spent-now.ts'

const strategy = 'password'

export const passwordStrategy: FactorStrategy = {
  offers: (user, settings) => (user.passwordEnabled && settings.password !== 'off' ? [{ strategy }] : []),
  attempt,
}

async function attempt(request: ClientRequest, { person }: Attempted): Promise<Proof> {
  const { store, form, client } = request
  const password = requireText(form, 'password')
  const { user, isPhantom } = requirePerson(person)
  const verdict = isPhantom ? 'none' : await checkPassword(store, user.id, password)
  if (verdict === 'none') await checkNobody(password)
  if (verdict !== 'right') throw new ClerkRefusal('form_password_incorrect', {})
  if (user.passwordCompromisedAt !== null) throw new ClerkRefusal('form_password_compromised', {})
  return { strategy, spend: (inner) => spentNow(inner, strategy, client.id) }
}

/** Takes as long as a real check, so that the answer's time does not tell whether there is an account. */
async function checkNobody(password: string): Promise<void> {
  nobody ??= digestPassword('nobody has this password')
  await passwordMatches({ digest: await nobody, hasher: ownHasher }, password)
}

let nobody: Promise<string> | undefined
