// Attempts at a code that was sent.

import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import type { Store } from '../../state/database/store.ts'
import {
  countAttempt,
  findVerification,
  settleVerification,
  type Verification,
  type VerificationStatus,
} from '../../state/sessions/verifications.ts'
import { isCodeOf } from './codes.ts'
import type { Proof } from './proof.ts'

/** Wrong codes after which a verification has failed. */
export const mostAttempts = 5

/**
 * Checks a code. The attempt is counted whatever comes of it, so `store` must not be of a transaction that a refusal
 * rolls back. Refuses a wrong code, and any code once the verification is expired, used or failed.
 */
export async function requireRightCode(store: Store, verificationId: string, code: string): Promise<Proof> {
  const counted = await countAttempt(store, verificationId, mostAttempts)
  if (counted === null) throw await refusalOf(store, verificationId)
  const { digest, attempts } = counted
  if (digest === null || !isCodeOf(verificationId, code, digest)) {
    if (attempts >= mostAttempts) await settleVerification(store, verificationId, { status: 'failed' })
    throw new ClerkRefusal('form_code_incorrect', {})
  }
  const { strategy } = await requireVerification(store, verificationId)
  return { strategy, spend: (inner) => requireSettled(inner, verificationId) }
}

/** Settles a verification as verified, once. Refuses one that is over. */
export async function requireSettled(
  store: Store,
  verificationId: string,
  detail: Verification['detail'] = {},
): Promise<Verification> {
  if (!(await settleVerification(store, verificationId, { status: 'verified', detail }))) {
    throw await refusalOf(store, verificationId)
  }
  return requireVerification(store, verificationId)
}

async function requireVerification(store: Store, id: string): Promise<Verification> {
  const verification = await findVerification(store, id)
  if (verification === null) throw new ClerkRefusal('verification_missing', {})
  return verification
}

async function refusalOf(store: Store, id: string): Promise<ClerkRefusal> {
  return new ClerkRefusal(codeOf((await requireVerification(store, id)).status), {})
}

function codeOf(status: VerificationStatus) {
  switch (status) {
    case 'verified':
    case 'transferable':
      return 'verification_already_verified'
    case 'expired':
      return 'verification_expired'
    case 'failed':
    case 'unverified':
      return 'verification_failed'
  }
}
