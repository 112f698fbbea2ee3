// What follows when a factor was shown: the next one, a new password, or the session. Everything that follows happens
// in one transaction with the spending of what was shown, and only from the step it belongs to.

import { openClientSession } from '../../directory/client-sessions.ts'
import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import type { Client } from '../../state/clients.ts'
import { changeClient } from '../../state/clients.ts'
import { forgetFailures } from '../../state/failed-attempts.ts'
import type { Instance } from '../../state/instance.ts'
import { requireSignInLocked, type SignIn, type SignInStatus, updateSignIn } from '../../state/sign-ins.ts'
import type { Store } from '../../state/store.ts'
import { requireUser } from '../../state/users.ts'
import { findVerification } from '../../state/verifications.ts'
import type { Json } from '../../tokens/json.ts'
import type { Proof } from '../../verification/proof.ts'
import { requireSignedOut } from './require-signed-out.ts'
import { leadsToNewPassword } from './first-factors.ts'
import { secondFactorsOf } from './second-factors.ts'

/** Where and as whom somebody signs in. */
export interface Entry {
  readonly instance: Instance
  readonly client: Client
  readonly ipAddress: string
  readonly userAgent: string
  /** Who impersonates the user. */
  readonly actor?: Json | undefined
  /** Milliseconds until the session expires; the instance's own when left out. */
  readonly lifetime?: number | undefined
}

/** What a first factor is good for by itself. */
export interface FirstFactorOptions {
  /** Ask for no second factor after it. */
  readonly sufficient?: boolean
}

/** Goes on after the first factor. Refuses when the sign-in is not, or no longer, at that step. */
export async function passFirstFactor(
  entry: Entry,
  store: Store,
  signInId: string,
  userId: string,
  proof: Proof,
  { sufficient = false }: FirstFactorOptions = {},
): Promise<void> {
  await store.atomically(async (inner) => {
    const signIn = await requireStep(inner, signInId, ['needs_identifier', 'needs_first_factor'])
    const { id } = await proof.spend(inner)
    await updateSignIn(inner, signIn.id, { user_id: userId, first_verification_id: id })
    if (leadsToNewPassword(proof.strategy)) await updateSignIn(inner, signIn.id, { status: 'needs_new_password' })
    else await askForSecondFactor(entry, inner, signIn.id, userId, { strategy: proof.strategy, sufficient })
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
    await complete(entry, inner, signIn, { strategy, secondFactorVerified: true })
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
    await askForSecondFactor(entry, inner, id, userId, { strategy: 'password', sufficient: false })
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
  shown: { readonly strategy: string; readonly sufficient: boolean },
): Promise<void> {
  const user = await requireUser(store, userId)
  if (user.banned) throw new ClerkRefusal('user_banned', {})
  await requireSignedOut(store, entry.client.id, userId)
  const { authentication } = (await entry.instance.snapshot()).settings
  if (!shown.sufficient && secondFactorsOf(user, authentication).length > 0) {
    await updateSignIn(store, signInId, { status: 'needs_second_factor' })
    return
  }
  const signIn = await requireSignInLocked(store, signInId)
  await complete(entry, store, signIn, { strategy: shown.strategy, secondFactorVerified: false })
}

async function complete(
  entry: Entry,
  store: Store,
  { id, userId }: SignIn,
  { strategy, secondFactorVerified }: { readonly strategy: string; readonly secondFactorVerified: boolean },
): Promise<void> {
  if (userId === null) throw new ClerkRefusal('client_state_invalid', {})
  await forgetFailures(store, userId)
  const sessionId = await openClientSession(entry.instance, store, { ...entry, userId, strategy, secondFactorVerified })
  await updateSignIn(store, id, { status: 'complete', created_session_id: sessionId })
  await changeClient(store, entry.client.id, { sign_in_id: null })
}
