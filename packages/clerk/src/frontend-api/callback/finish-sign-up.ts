// The way back of somebody who signs up with another provider.

import { adoptPicture } from '../../federation/adopt-picture.ts'
import { type AuthorizationResponse, requireProvenAccount } from '../../federation/finish-flow.ts'
import { ownerOf } from '../../federation/owner-of.ts'
import { ClerkRefusal, isClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { findClient } from '../../state/sessions/clients.ts'
import { type ExternalAccountColumns, insertExternalAccount } from '../../state/people/external-accounts.ts'
import type { OAuthFlow } from '../../state/oauth/oauth-flows.ts'
import { findSignUp, findSignUpByExternalVerification, type SignUp } from '../../state/sessions/sign-ups.ts'
import type { FrontendRequest } from '../frontend-request.ts'
import type { Entry } from '../sign-in/advance.ts'
import { adoptAccount } from '../sign-up/adopt-account.ts'
import { failVerification, leaveTransferable, provenByProvider } from './settle.ts'

/** Goes on with the sign-up, leaves to a sign-in who is known, and keeps what was refused. Hands back where the browser goes. */
export async function finishSignUp(
  request: FrontendRequest,
  flow: OAuthFlow,
  response: AuthorizationResponse,
): Promise<string> {
  const { instance, store } = request
  const signUp = await findSignUpByExternalVerification(store, flow.subjectId)
  const client = await findClient(store, flow.clientId)
  if (signUp === null || client === null) throw new ClerkRefusal('oauth_state_unknown', {})
  try {
    const proven = await requireProvenAccount(instance, flow, response)
    await advance({ ...request, client }, flow, signUp, proven)
  } catch (thrown) {
    if (!isClerkRefusal(thrown)) throw thrown
    await failVerification(store, flow.subjectId, thrown)
  }
  const created = (await findSignUp(store, signUp.id))?.createdUserId ?? null
  if (created === null) return flow.redirectUrl
  await adoptPicture(instance, created)
  return flow.completeUrl ?? flow.redirectUrl
}

async function advance(
  request: Omit<FrontendRequest, 'client'> & Entry,
  { strategy, subjectId }: OAuthFlow,
  signUp: SignUp,
  proven: ExternalAccountColumns,
): Promise<void> {
  const { store } = request
  const owner = await ownerOf(store, strategy, proven)
  if (owner.kind === 'connected' || owner.kind === 'vouched') {
    await leaveTransferable(store, subjectId, strategy, proven, new ClerkRefusal('external_account_exists', {}))
    return
  }
  await store.atomically(async (inner) => {
    const keep = () => insertExternalAccount(inner, strategy, proven)
    await provenByProvider(strategy, subjectId, keep).spend(inner)
    await adoptAccount(request, inner, signUp.id, subjectId)
  })
}
