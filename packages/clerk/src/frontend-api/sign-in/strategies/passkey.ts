// A passkey as the first factor. It says by itself whose it is, and its device has made sure that she is there, so
// nothing else is asked for.

import { askForPasskey, requirePasskey } from '../../../proof/passkeys/show-passkey.ts'
import { ClerkRefusal } from '../../../refusal/clerk-refusal.ts'
import type { Verification } from '../../../state/sessions/verifications.ts'
import type { Proof } from '../../../proof/verification/proof.ts'
import type { ClientRequest } from '../../frontend-request.ts'
import type { Attempted, FactorStrategy, Person } from '../factor.ts'

const strategy = 'passkey'

export const passkeyStrategy: FactorStrategy = {
  identifies: true,
  // Where the instance does not tell about accounts, passkeys are shown without an identifier.
  offers: ({ passkeys }, { passkey, enumerationProtection }) =>
    passkey && !enumerationProtection && passkeys.length > 0 ? [{ strategy }] : [],
  prepare,
  attempt,
}

async function prepare(request: ClientRequest, person: Person | null): Promise<Verification> {
  const { authentication } = (await request.instance.snapshot()).settings
  if (!authentication.passkey) throw new ClerkRefusal('feature_not_enabled', { feature: 'passkeys' })
  const known = person !== null && !person.isPhantom && !authentication.enumerationProtection
  return await askForPasskey(request, known ? person.user : null)
}

async function attempt(request: ClientRequest, { person, verification }: Attempted): Promise<Proof> {
  if (verification === null) throw new ClerkRefusal('verification_missing', {})
  const user = person === null || person.isPhantom ? null : person.user
  const proof = await requirePasskey(request, request.form, verification, user)
  // An identifier that is nobody's has no passkey, whoever shows one.
  if (person?.isPhantom === true) throw new ClerkRefusal('passkey_not_registered', {})
  return { ...proof, sufficient: true }
}
