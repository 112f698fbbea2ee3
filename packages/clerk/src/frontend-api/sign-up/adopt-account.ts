// What a sign-up takes from an account at another provider: the address, which its provider may vouch for, and the names
// that nobody typed in.

import { vouchingStrategy } from '../../directory/people/connected-accounts.ts'
import { type ExternalAccount, requireExternalAccount } from '../../state/people/external-accounts.ts'
import { requireSignUpLocked, type SignUpColumns, updateSignUp } from '../../state/sessions/sign-ups.ts'
import type { Store } from '../../state/database/store.ts'
import { findVerification, insertVerification } from '../../state/sessions/verifications.ts'
import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { accountIdOf } from '../callback/settle.ts'
import type { Entry } from '../sign-in/advance.ts'
import { completeIfReady } from './complete-sign-up.ts'
import { requireAdmissible } from './require-admissible.ts'

/**
 * Fills a sign-up from the account that a verification of it has proven, and completes it if nothing is missing. Call it
 * inside a transaction. Refuses an address that somebody has, or that the instance's restrictions keep out.
 */
export async function adoptAccount(
  entry: Entry,
  store: Store,
  signUpId: string,
  verificationId: string,
): Promise<void> {
  const signUp = await requireSignUpLocked(store, signUpId)
  const accountId = accountIdOf(await findVerification(store, verificationId))
  if (accountId === null) throw new ClerkRefusal('account_transfer_invalid', {})
  const account = await requireExternalAccount(store, accountId)
  const { settings } = await entry.instance.snapshot()
  const asked = settings.authentication
  const columns: SignUpColumns = {
    external_verification_id: verificationId,
    first_name: asked.firstName === 'off' ? undefined : (signUp.firstName ?? account.firstName ?? undefined),
    last_name: asked.lastName === 'off' ? undefined : (signUp.lastName ?? account.lastName ?? undefined),
    ...(asked.emailAddress.asked !== 'off' && signUp.emailAddress === null && (await emailColumns(store, account))),
  }
  await requireAdmissible(store, settings, columns, signUp.ticket !== null)
  await updateSignUp(store, signUpId, columns)
  await completeIfReady(entry, store, signUpId)
}

async function emailColumns(store: Store, account: ExternalAccount): Promise<SignUpColumns> {
  const { emailAddress, emailVerified, strategy } = account
  if (emailAddress === null) return {}
  if (emailVerified !== true) return { email_address: emailAddress }
  const { id } = await insertVerification(store, {
    strategy: vouchingStrategy(strategy),
    clientId: null,
    secretDigest: null,
    verified: true,
    lifetime: 0,
  })
  return { email_address: emailAddress, email_verification_id: id }
}
