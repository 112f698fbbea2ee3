// The links that prove an address. They count in the browser that asked for them: whoever else opens one, a scanner
// of letters for instance, proves nothing.

import { changeEmailAddress } from '../../directory/people/change-email-address.ts'
import { ClerkRefusal, isClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { type Client, findClient } from '../../state/sessions/clients.ts'
import { findEmailAddressByVerification } from '../../state/people/email-addresses.ts'
import { findSignInByFirstVerification, requireSignIn } from '../../state/sessions/sign-ins.ts'
import { findSignUp, findSignUpByEmailVerification } from '../../state/sessions/sign-ups.ts'
import { findVerificationBySecret, type Verification } from '../../state/sessions/verifications.ts'
import { requireSettled } from '../../proof/verification/require-right-code.ts'
import { requireRedirectUrl } from '../../browser/page-origin.ts'
import { type FrontendAnswer, type FrontendEndpoint, type FrontendRequest, redirect } from '../frontend-request.ts'
import { type Entry, passFirstFactor } from '../sign-in/advance.ts'
import { completeIfReady } from '../sign-up/complete-sign-up.ts'

export const verifyEndpoints: readonly FrontendEndpoint[] = [
  { method: 'GET', path: '/v1/verify', access: 'open', answer: verify },
]

/** How the link ended, as the SDKs read it from the address. */
type LinkStatus = 'verified' | 'expired' | 'failed' | 'client_mismatch'

interface Outcome {
  readonly status: LinkStatus
  readonly createdSessionId: string | null
}

async function verify(request: FrontendRequest): Promise<FrontendAnswer> {
  const { instance, store, query, headers } = request
  const verification = await findVerificationBySecret(store, query.get('token') ?? '')
  const target = verification?.detail['redirect_url']
  if (verification === null || typeof target !== 'string') throw new ClerkRefusal('verification_link_unknown', {})
  const url = await requireRedirectUrl(target, 'redirect_url', instance, headers)
  const { status, createdSessionId } = await outcomeOf(request, verification)
  url.searchParams.set('__clerk_status', status)
  if (createdSessionId !== null) url.searchParams.set('__clerk_created_session', createdSessionId)
  return redirect(url)
}

async function outcomeOf(request: FrontendRequest, verification: Verification): Promise<Outcome> {
  if (verification.status === 'expired') return over('expired')
  if (verification.status !== 'unverified') return over('failed')
  const asked = await clientThatAsked(request, verification)
  if (asked === null) return over('client_mismatch')
  try {
    return { status: 'verified', createdSessionId: await open({ ...request, client: asked }, verification) }
  } catch (error) {
    if (isClerkRefusal(error)) return over('failed')
    throw error
  }
}

function over(status: LinkStatus): Outcome {
  return { status, createdSessionId: null }
}

/**
 * The client that asked for the link, if this browser is it; else null. In development cookies may not reach us, and a
 * browser that shows none is taken at the link's word.
 */
async function clientThatAsked(
  { instance, store, client }: FrontendRequest,
  { clientId }: Verification,
): Promise<Client | null> {
  if (client !== null) return client.id === clientId ? client : null
  return instance.isDevelopment && clientId !== null ? await findClient(store, clientId) : null
}

/** Goes on with what waits for the link: a sign-in, a sign-up, an address in a profile. Hands back the session that came of it, or null. */
async function open(
  request: Omit<FrontendRequest, 'client'> & Entry,
  { id, strategy }: Verification,
): Promise<string | null> {
  const { instance, store, client } = request
  // A page that waits leaves the rest to the tab of the link where both are of one client. In development that cannot
  // be told for certain, as Clerk's own development instances cannot, so the page goes on by itself.
  const detail = instance.isDevelopment ? {} : { verified_at_client: client.id }
  const signIn = await findSignInByFirstVerification(store, id)
  if (signIn !== null && signIn.userId !== null) {
    const proof = { strategy, spend: (inner: typeof store) => requireSettled(inner, id, detail) }
    await passFirstFactor(request, store, signIn.id, signIn.userId, proof)
    return (await requireSignIn(store, client.id, signIn.id)).createdSessionId
  }
  const signUp = await findSignUpByEmailVerification(store, id)
  const address = await findEmailAddressByVerification(store, id)
  if (signUp === null && address === null) throw new ClerkRefusal('client_state_invalid', {})
  await store.atomically(async (inner) => {
    await requireSettled(inner, id, detail)
    if (signUp !== null) await completeIfReady(request, inner, signUp.id)
    if (address !== null) await changeEmailAddress(inner, address.id, { status: 'verified', strategy })
  })
  return signUp === null ? null : ((await findSignUp(store, signUp.id))?.createdSessionId ?? null)
}
