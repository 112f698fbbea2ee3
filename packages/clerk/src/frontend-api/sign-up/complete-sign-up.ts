// The end of a sign-up: the user and her first session, in one transaction with whatever completed it.

import { openClientSession } from '../../directory/sessions/client-sessions.ts'
import { createUser, type NewIdentifier } from '../../directory/people/create-user.ts'
import { changeClient } from '../../state/sessions/clients.ts'
import { requireSignUpLocked, type SignUp, updateSignUp } from '../../state/sessions/sign-ups.ts'
import type { Store } from '../../state/database/store.ts'
import type { Verification } from '../../state/sessions/verifications.ts'
import { accountIdOf } from '../callback/settle.ts'
import type { Entry } from '../sign-in/advance.ts'
import { requireInvited } from './invitation.ts'
import { isProven, isReady, requirementsOf, type SignUpState } from '../../directory/sign-ups/requirements.ts'
import { readSignUpState } from '../../directory/sign-ups/sign-up-state.ts'

/**
 * Creates the user once nothing is missing; else leaves the sign-up as it is. Call it inside the transaction of the
 * change before. Refuses an identifier that somebody has taken meanwhile.
 */
export async function completeIfReady(entry: Entry, store: Store, signUpId: string): Promise<void> {
  const { settings } = await entry.instance.snapshot()
  const signUp = await requireSignUpLocked(store, signUpId)
  const state = await readSignUpState(store, signUp)
  if (signUp.createdUserId !== null || !isReady(requirementsOf(state, settings.authentication))) return
  const invited = signUp.ticket === null ? null : await requireInvited(entry.instance, store, signUp.ticket)
  const userId = await createUser(store, {
    columns: { ...columnsOf(store, signUp), public_metadata: invited?.publicMetadata },
    emailAddresses: identifierOf(signUp.emailAddress, state.email),
    phoneNumbers: identifierOf(signUp.phoneNumber, state.phone),
    externalAccountId: isProven(state.external) ? accountIdOf(state.external) : null,
  })
  if (invited !== null) await invited.accept(store, userId)
  const strategy = strategyOf(state)
  const sessionId = await openClientSession(entry.instance, store, {
    ...entry,
    userId,
    strategy,
    secondFactorVerified: false,
  })
  await updateSignUp(store, signUp.id, { created_user_id: userId, created_session_id: sessionId })
  await changeClient(store, entry.client.id, { sign_up_id: null })
}

function columnsOf(store: Store, signUp: SignUp) {
  return {
    username: signUp.username,
    first_name: signUp.firstName,
    last_name: signUp.lastName,
    password_digest: signUp.passwordDigest,
    password_hasher: signUp.passwordHasher,
    password_last_updated_at: signUp.passwordDigest === null ? null : store.now(),
    unsafe_metadata: signUp.unsafeMetadata,
    locale: signUp.locale,
    timezone: signUp.timezone,
    legal_accepted_at: signUp.legalAcceptedAt,
  }
}

/** One that was not proven is hers all the same, and nobody else may claim it. */
function identifierOf(value: string | null, verification: Verification | null): readonly NewIdentifier[] {
  if (value === null) return []
  if (!isProven(verification)) return [{ value, status: 'reserved' }]
  return [{ value, status: 'verified', strategy: verification?.strategy }]
}

/** How she will be asked to come back. */
function strategyOf({ signUp, external, email, phone }: SignUpState): string {
  if (external !== null && isProven(external)) return external.strategy
  if (signUp.passwordDigest !== null) return 'password'
  return email?.strategy ?? phone?.strategy ?? 'password'
}
