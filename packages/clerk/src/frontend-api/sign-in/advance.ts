// What follows when a factor was shown: the next one, a new password, or the session. Everything that follows happens
// in one transaction with the spending of what was shown, and only from the step it belongs to.

import { openClientSession } from '../../directory/sessions/client-sessions.ts'
import { requireUnlocked } from '../../directory/sessions/lock-out.ts'
import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { changeClient, type Client, lockClient } from '../../state/sessions/clients.ts'
import { forgetFailures } from '../../state/people/failed-attempts.ts'
import type { Instance } from '../../state/instance/instance.ts'
import { requireSignInLocked, type SignIn, type SignInStatus, updateSignIn } from '../../state/sessions/sign-ins.ts'
import type { Store } from '../../state/database/store.ts'
import { requireUser } from '../../state/people/users.ts'
import { findVerification } from '../../state/sessions/verifications.ts'
import type { Proof } from '../../proof/verification/proof.ts'
import { requireSignedOut } from './require-signed-out.ts'
import { identifierOf } from '../resources/user.ts'
import { leadsToNewPassword } from './first-factors.ts'
import { secondFactorsOf } from './second-factors.ts'

/** Where and as whom somebody signs in. */
export interface Entry {
  readonly instance: Instance
  readonly client: Client
  readonly ipAddress: string
  readonly userAgent: string
}

/** What the first factor has to say for the session. */
type Shown = Pick<Proof, 'strategy' | 'sufficient' | 'actor' | 'lifetime' | 'organizationId'>

/** Goes on after the first factor. Refuses when the sign-in is not, or no longer, at that step. */
export async function passFirstFactor(
  entry: Entry,
  store: Store,
  signInId: string,
  userId: string,
  proof: Proof,
): Promise<void> {
  await store.atomically(async (inner) => {
    const signIn = await requireStep(inner, signInId, ['needs_identifier', 'needs_first_factor'])
    const { id } = await proof.spend(inner)
    const identifier = signIn.identifier ?? identifierOf(await requireUser(inner, userId))
    await updateSignIn(inner, signIn.id, { user_id: userId, identifier, first_verification_id: id })
    if (leadsToNewPassword(proof.strategy)) await updateSignIn(inner, signIn.id, { status: 'needs_new_password' })
    else await askForSecondFactor(entry, inner, signIn.id, userId, proof)
  })
}

/** Goes on after the second factor. */
export async function passSecondFactor(entry: Entry, store: Store, signInId: string, proof: Proof): Promise<void> {
  await store.atomically(async (inner) => {
    const signIn = await requireStep(inner, signInId, ['needs_second_factor'])
    const { id } = await proof.spend(inner)
    await updateSignIn(inner, signIn.id, { second_verification_id: id })
    const first = signIn.firstVerificationId
    const strategy =
      first === null ? proof.strategy : ((await findVerification(inner, first))?.strategy ?? proof.strategy)
    await complete(entry, inner, signIn, { strategy }, true)
  })
}

/** Goes on after a new password was set by `change`, which runs in the same transaction. */
export async function passNewPassword(
  entry: Entry,
  store: Store,
  signInId: string,
  change: (store: Store, userId: string) => Promise<void>,
): Promise<void> {
  await store.atomically(async (inner) => {
    const { id, userId } = await requireStep(inner, signInId, ['needs_new_password'])
    if (userId === null) throw new ClerkRefusal('client_state_invalid', {})
    await change(inner, userId)
    await askForSecondFactor(entry, inner, id, userId, { strategy: 'password' })
  })
}

/** The sign-in, locked. Refuses one that is at another step. */
async function requireStep(store: Store, id: string, steps: readonly SignInStatus[]): Promise<SignIn> {
  const signIn = await requireSignInLocked(store, id)
  if (!steps.includes(signIn.status)) throw new ClerkRefusal('client_state_invalid', {})
  return signIn
}

async function askForSecondFactor(
  entry: Entry,
  store: Store,
  signInId: string,
  userId: string,
  shown: Shown,
): Promise<void> {
  const user = await requireUser(store, userId)
  requireUnlocked(store, user)
  if (user.banned) throw new ClerkRefusal('user_banned', {})
  const { authentication } = (await entry.instance.snapshot()).settings
  if (shown.sufficient !== true && secondFactorsOf(user, authentication).length > 0) {
    await updateSignIn(store, signInId, { status: 'needs_second_factor' })
    return
  }
  const signIn = await requireSignInLocked(store, signInId)
  await complete(entry, store, signIn, shown, false)
}

async function complete(
  entry: Entry,
  store: Store,
  { id, userId }: SignIn,
  { strategy, actor, lifetime, organizationId }: Shown,
  secondFactorVerified: boolean,
): Promise<void> {
  if (userId === null) throw new ClerkRefusal('client_state_invalid', {})
  const { instance, client, ipAddress, userAgent } = entry
  // Two sign-ins of hers on this client, at the same time, take turns here.
  await lockClient(store, client.id)
  await requireSignedOut(store, client.id, userId)
  await forgetFailures(store, userId)
  const shown = { strategy, secondFactorVerified, actor, lifetime, organizationId }
  const sessionId = await openClientSession(instance, store, { userId, client, ipAddress, userAgent, ...shown })
  await updateSignIn(store, id, { status: 'complete', created_session_id: sessionId })
  await changeClient(store, client.id, { sign_in_id: null })
}
