// What follows when a session has shown a factor again: the factor's age begins anew, and the verification goes on or
// is complete, in one transaction with the spending of what was shown.

import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { forgetFailures } from '../../state/people/failed-attempts.ts'
import {
  changeSessionVerification,
  requireSessionVerificationLocked,
  type SessionVerification,
  type SessionVerificationStatus,
} from '../../state/sessions/session-verifications.ts'
import { type Session, verifyFactor } from '../../state/sessions/sessions.ts'
import type { Store } from '../../state/database/store.ts'
import type { Proof } from '../../proof/verification/proof.ts'

type Step = 'first' | 'second'

/** Refuses a verification that is at another step. */
export function requireStep({ status }: SessionVerification, step: Step, action: string): void {
  if (status !== `needs_${step}_factor`) {
    throw new ClerkRefusal('invalid_action_for_session_reverification', { action, status })
  }
}

/**
 * Goes on after a factor. Refuses when the verification is not, or no longer, at that step. Failures are forgotten
 * after the `strongest` factor of the account alone: whoever knows the password would otherwise guess codes for ever.
 */
export function passFactor(
  store: Store,
  session: Session,
  step: Step,
  proof: Proof,
  { strongest }: { readonly strongest: boolean },
): Promise<void> {
  return store.atomically(async (inner) => {
    const verification = await requireSessionVerificationLocked(inner, session.id)
    requireStep(verification, step, `attempt_${step}_factor`)
    const { id } = await proof.spend(inner)
    await verifyFactor(inner, session.id, step)
    if (strongest) await forgetFailures(inner, session.userId)
    await changeSessionVerification(inner, session.id, {
      status: statusAfter(step, verification),
      ...(step === 'first' ? { first_verification_id: id } : { second_verification_id: id }),
    })
  })
}

function statusAfter(step: Step, { level }: SessionVerification): SessionVerificationStatus {
  return step === 'first' && level === 'multi_factor' ? 'needs_second_factor' : 'complete'
}
