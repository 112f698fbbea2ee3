// A sign-up with the verifications it refers to.

import type { SignUp } from '../../state/sign-ups.ts'
import type { Store } from '../../state/store.ts'
import { findVerification, type Verification } from '../../state/verifications.ts'
import type { SignUpState } from './requirements.ts'

/** Reads the verifications of a sign-up. */
export async function readSignUpState(store: Store, signUp: SignUp): Promise<SignUpState> {
  const find = async (id: string | null): Promise<Verification | null> =>
    id === null ? null : await findVerification(store, id)
  return {
    signUp,
    email: await find(signUp.emailVerificationId),
    phone: await find(signUp.phoneVerificationId),
    external: await find(signUp.externalVerificationId),
  }
}
