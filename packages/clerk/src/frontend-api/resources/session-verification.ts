// The verification of an open session as its browser sees it.

import type { Instance } from '../../state/instance/instance.ts'
import { requireSessionVerification } from '../../state/sessions/session-verifications.ts'
import { requireSession } from '../../state/sessions/sessions.ts'
import { requireUser } from '../../state/people/users.ts'
import { findVerifications } from '../../state/sessions/verifications.ts'
import { sessionFactorsOf } from '../reverification/factors.ts'
import { sessionResource } from './session.ts'
import { factorResource } from './sign-in.ts'
import { verificationResource } from '../../resources/verification.ts'

/** The resource, with the session inside as it is now. `origin` becomes the `azp` of its token. */
export async function sessionVerificationResource(
  instance: Instance,
  sessionId: string,
  origin: string | null,
): Promise<object> {
  const { store } = instance
  const { authentication } = (await instance.snapshot()).settings
  const session = await requireSession(store, sessionId)
  const { level, status, ...ids } = await requireSessionVerification(store, sessionId)
  const { first, second } = sessionFactorsOf(await requireUser(store, session.userId), authentication)
  const [firstId, secondId] = [ids.firstVerificationId ?? '', ids.secondVerificationId ?? '']
  const verifications = await findVerifications(store, [firstId, secondId])
  return {
    // The SDK's name for it; Clerk's OpenAPI document says session_reverification. Nothing reads it.
    object: 'session_verification',
    status,
    level,
    session: await sessionResource(instance, session, origin),
    supported_first_factors: first.map((factor) => factorResource(factor, null)),
    supported_second_factors: second.map((factor) => factorResource(factor, null)),
    first_factor_verification: verificationResource(verifications.get(firstId) ?? null),
    second_factor_verification: verificationResource(verifications.get(secondId) ?? null),
  }
}
