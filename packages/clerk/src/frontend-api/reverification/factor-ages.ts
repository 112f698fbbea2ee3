// Whether a session has proven itself recently enough for a sensitive change.

import type { ReverificationLevel } from '../../refusal/vocabulary/profile.ts'
import type { Session } from '../../state/sessions/sessions.ts'

/** How old the proof behind a sensitive change may be; Clerk calls ten minutes strict. */
export const strictMinutes = 10

type FactorTimes = Pick<Session, 'firstFactorVerifiedAt' | 'secondFactorVerifiedAt'>

/**
 * What has to be verified again before a sensitive change, or null when nothing has. The strongest factor counts: the
 * second where the session has ever shown one, as the SDKs' `has({ reverification })` judges it too.
 */
export function staleFactor(times: FactorTimes, hasSecondFactor: boolean, now: number): ReverificationLevel | null {
  const second = hasSecondFactor && times.secondFactorVerifiedAt !== null
  const verifiedAt = second ? times.secondFactorVerifiedAt : times.firstFactorVerifiedAt
  const fresh = verifiedAt !== null && now - verifiedAt < strictMinutes * 60_000
  if (fresh) return null
  return hasSecondFactor ? 'second_factor' : 'first_factor'
}
