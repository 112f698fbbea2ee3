// The way back of somebody who connects an account in her profile.

import { connectAccount } from '../../directory/people/connected-accounts.ts'
import { type AuthorizationResponse, requireProvenAccount } from '../../federation/finish-flow.ts'
import { isClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { renderClerkRefusal } from '../../refusal/render-clerk-refusal.ts'
import { changeExternalAccount, requireExternalAccount } from '../../state/people/external-accounts.ts'
import type { OAuthFlow } from '../../state/oauth/oauth-flows.ts'
import type { FrontendRequest } from '../frontend-request.ts'

/** Connects the account, or leaves with it what was refused. Hands back where the browser goes. */
export async function finishConnection(
  { instance, store }: FrontendRequest,
  flow: OAuthFlow,
  response: AuthorizationResponse,
): Promise<string> {
  const { userId, verificationStatus } = await requireExternalAccount(store, flow.subjectId)
  try {
    const proven = await requireProvenAccount(instance, flow, response)
    if (userId !== null) await connectAccount(store, userId, flow.subjectId, proven)
  } catch (thrown) {
    if (!isClerkRefusal(thrown)) throw thrown
    // One that was proven before stays so: a refused request for more scopes takes nothing away.
    const verification_status = verificationStatus === 'verified' ? undefined : 'failed'
    const verification_error = renderClerkRefusal(thrown).error
    await changeExternalAccount(store, flow.subjectId, { verification_status, verification_error })
  }
  return flow.completeUrl ?? flow.redirectUrl
}
