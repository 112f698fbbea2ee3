// A passkey that is shown to prove who somebody is: at sign-in, and when a session is verified again.

import type { Body } from '../../parameters/body.ts'
import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { findPasskeyByCredential, usePasskey } from '../../state/people/passkeys.ts'
import type { Store } from '../../state/database/store.ts'
import type { User } from '../../state/people/users.ts'
import type { Verification } from '../../state/sessions/verifications.ts'
import type { Proof } from '../verification/proof.ts'
import { requireSettled } from '../verification/require-right-code.ts'
import { authenticationOptions, requireSigned } from './authentication.ts'
import { requireAsked, startCeremony } from './ceremony.ts'
import { requireCredentialJson } from './credential-json.ts'
import { requireRelyingParty } from './relying-party.ts'

/** The browser that asks. */
export interface PasskeyBrowser {
  readonly store: Store
  readonly origin: string | null
  readonly client: { readonly id: string }
}

/** Asks the device for a passkey of the user, or for any of this page's where `user` is null. */
export async function askForPasskey(
  { store, origin, client }: PasskeyBrowser,
  user: User | null,
): Promise<Verification> {
  const relyingParty = requireRelyingParty(origin)
  return await startCeremony(store, client.id, relyingParty, await authenticationOptions(relyingParty, user))
}

/** A proof that says whose it is. */
export interface PasskeyProof extends Proof {
  readonly userId: string
}

/**
 * Checks the device's answer in `public_key_credential`. Refuses a passkey that is not registered, or that is not the
 * user's where one is given, and an answer that does not fit what was asked.
 */
export async function requirePasskey(
  { store, client }: PasskeyBrowser,
  form: Body,
  verification: Verification,
  user: User | null,
): Promise<PasskeyProof> {
  const asked = requireAsked(verification, client.id)
  const credential = requireCredentialJson(form)
  const passkey = await findPasskeyByCredential(store, credential.id)
  if (passkey === null || (user !== null && passkey.userId !== user.id)) {
    throw new ClerkRefusal('passkey_not_registered', {})
  }
  const signCount = await requireSigned(asked, passkey, credential)
  return {
    strategy: 'passkey',
    userId: passkey.userId,
    spend: async (inner) => {
      const settled = await requireSettled(inner, verification.id)
      if (!(await usePasskey(inner, passkey.id, signCount)))
        throw new ClerkRefusal('passkey_authentication_failure', {})
      return settled
    },
  }
}
