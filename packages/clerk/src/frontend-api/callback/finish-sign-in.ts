// The way back of somebody who signs in with another provider.

import { requireUnlocked } from '../../directory/sessions/lock-out.ts'
import { type AuthorizationResponse, requireProvenAccount } from '../../federation/finish-flow.ts'
import { ownerOf } from '../../federation/owner-of.ts'
import { ClerkRefusal, isClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { findClient } from '../../state/sessions/clients.ts'
import type { ExternalAccountColumns } from '../../state/people/external-accounts.ts'
import type { OAuthFlow } from '../../state/oauth/oauth-flows.ts'
import { findSignIn, findSignInByFirstVerification, type SignIn, updateSignIn } from '../../state/sessions/sign-ins.ts'
import type { Store } from '../../state/database/store.ts'
import { requireUser } from '../../state/people/users.ts'
import type { FrontendRequest } from '../frontend-request.ts'
import { type Entry, passFirstFactor } from '../sign-in/advance.ts'
import { keepAccount } from './keep-account.ts'
import { failVerification, leaveTransferable, provenByProvider } from './settle.ts'

/** Signs in who is known, leaves to a sign-up who is not, and keeps what was refused. Hands back where the browser goes. */
export async function finishSignIn(
  request: FrontendRequest,
  flow: OAuthFlow,
  response: AuthorizationResponse,
): Promise<string> {
  const { instance, store } = request
  const signIn = await findSignInByFirstVerification(store, flow.subjectId)
  const client = await findClient(store, flow.clientId)
  if (signIn === null || client === null) throw new ClerkRefusal('oauth_state_unknown', {})
  try {
    const proven = await requireProvenAccount(instance, flow, response)
    await advance({ ...request, client }, flow, signIn, proven)
  } catch (thrown) {
    if (!isClerkRefusal(thrown)) throw thrown
    await failVerification(store, flow.subjectId, thrown)
  }
  const after = await findSignIn(store, signIn.id)
  return (after?.status === 'complete' ? flow.completeUrl : null) ?? flow.redirectUrl
}

async function advance(
  request: Omit<FrontendRequest, 'client'> & Entry,
  flow: OAuthFlow,
  signIn: SignIn,
  proven: ExternalAccountColumns,
): Promise<void> {
  const { store, instance } = request
  const { strategy, subjectId } = flow
  const { authentication } = (await instance.snapshot()).settings
  const owner = await ownerOf(store, strategy, proven)
  // Where the instance does not tell about accounts, an address that nobody vouches for is told of none.
  if (owner.kind === 'nobody' || (owner.kind === 'unproven' && authentication.enumerationProtection)) {
    await leaveTransferable(store, subjectId, strategy, proven, new ClerkRefusal('external_account_not_found', {}))
    return
  }
  const user = await requireUser(store, owner.userId)
  requireUnlocked(store, user)
  if (signIn.userId !== null && signIn.userId !== user.id) throw new ClerkRefusal('external_account_not_found', {})
  if (owner.kind === 'unproven') {
    // She proves that the address is hers as she would without the provider; nothing is connected.
    const { userId: user_id, emailAddress: identifier } = owner
    await updateSignIn(store, signIn.id, { status: 'needs_first_factor', user_id, identifier })
    throw new ClerkRefusal('external_account_email_address_verification_required', {})
  }
  const keep = (inner: Store): Promise<string> => keepAccount(inner, owner, strategy, proven)
  await passFirstFactor(request, store, signIn.id, user.id, provenByProvider(strategy, subjectId, keep))
}
