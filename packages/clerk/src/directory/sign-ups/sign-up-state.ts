// A sign-up with the verifications it refers to.

import type { SignUp } from '../../state/sessions/sign-ups.ts'
import type { Store } from '../../state/database/store.ts'
import { findVerification, type Verification } from '../../state/sessions/verifications.ts'
import type { SignUpState } from './requirements.ts'

/**
 * Reads the verifications of a sign-up. One that was sent elsewhere proves nothing: the address may have changed
 * between the sending and the keeping of it.
 */
export async function readSignUpState(store: Store, signUp: SignUp): Promise<SignUpState> {
  const find = async (id: string | null): Promise<Verification | null> =>
    id === null ? null : await findVerification(store, id)
  return {
    signUp,
    email: about(await find(signUp.emailVerificationId), signUp.emailAddress),
    phone: about(await find(signUp.phoneVerificationId), signUp.phoneNumber),
    external: await find(signUp.externalVerificationId),
  }
}

function about(verification: Verification | null, recipient: string | null): Verification | null {
  const sentTo = verification?.recipient ?? recipient
  return sentTo === recipient ? verification : null
}
