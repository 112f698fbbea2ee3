// From a sign-in to a sign-up and back: somebody came back from a provider to the one, and belongs into the other.

import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { type ExternalAccount, requireExternalAccount } from '../../state/people/external-accounts.ts'
import { findSignIn } from '../../state/sessions/sign-ins.ts'
import { findSignUp } from '../../state/sessions/sign-ups.ts'
import { findVerification, insertVerification, type Verification } from '../../state/sessions/verifications.ts'
import type { ClientRequest } from '../frontend-request.ts'
import { accountIdOf } from './settle.ts'

const lifetime = 600_000

/** The account that the client's sign-in could not go on with. Refuses where there is none. */
export async function requireAccountOfSignIn(request: ClientRequest): Promise<ExternalAccount> {
  const { store, client } = request
  const signIn = client.signInId === null ? null : await findSignIn(store, client.signInId)
  return await requireTransferable(request, signIn?.firstVerificationId ?? null, 'external_account_not_found')
}

/** The account that the client's sign-up could not go on with. Refuses where there is none. */
export async function requireAccountOfSignUp(request: ClientRequest): Promise<ExternalAccount> {
  const { store, client } = request
  const signUp = client.signUpId === null ? null : await findSignUp(store, client.signUpId)
  return await requireTransferable(request, signUp?.externalVerificationId ?? null, 'external_account_exists')
}

async function requireTransferable(
  { store }: ClientRequest,
  verificationId: string | null,
  code: string,
): Promise<ExternalAccount> {
  const verification = verificationId === null ? null : await findVerification(store, verificationId)
  const accountId = accountIdOf(verification)
  if (verification?.status !== 'transferable' || verification.error?.['code'] !== code || accountId === null) {
    throw new ClerkRefusal('account_transfer_invalid', {})
  }
  // Somebody may have used it already.
  const account = await requireExternalAccount(store, accountId)
  if (account.userId !== null) throw new ClerkRefusal('account_transfer_invalid', {})
  return account
}

/** The verification of a transferred account in its new place, which has yet to be settled. */
export async function transferredVerification(
  { store, client }: ClientRequest,
  { strategy }: ExternalAccount,
): Promise<Verification> {
  return await insertVerification(store, { strategy, clientId: client.id, secretDigest: null, lifetime })
}
