// One attempt at a first factor, from its own request or from the one that begins the sign-in.

import { guarded, guardedBy, type Lockout } from '../../directory/sessions/lock-out.ts'
import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import type { Store } from '../../state/database/store.ts'
import type { Proof } from '../../proof/verification/proof.ts'
import type { ClientRequest } from '../frontend-request.ts'
import { identifierOf } from '../resources/user.ts'
import { passFirstFactor } from './advance.ts'
import type { Attempted, FactorStrategy, Person } from './factor.ts'
import { phantomLedger } from './phantom-guesses.ts'

/** Judges what the form shows and goes on with the sign-in. Refuses what is wrong, and counts it against the account. */
export async function attemptFirstFactor(
  request: ClientRequest,
  signInId: string,
  strategy: FactorStrategy,
  attempted: Attempted,
): Promise<void> {
  const { instance, store } = request
  const { person } = attempted
  const { lockout } = (await instance.snapshot()).settings.authentication
  const show = () => strategy.attempt(request, attempted)
  const proof = person === null ? await show() : await guardedAs(store, person, lockout, show)
  const userId = person?.user.id ?? proof.userId
  if (userId === undefined) throw new ClerkRefusal('client_state_invalid', {})
  await passFirstFactor(request, store, signInId, userId, proof)
}

/** Nobody is guessed at as somebody is. */
async function guardedAs(
  store: Store,
  { user, isPhantom }: Person,
  lockout: Lockout,
  show: () => Promise<Proof>,
): Promise<Proof> {
  if (!isPhantom) return await guarded(store, user, lockout, show)
  return await guardedBy(store, phantomLedger(store, identifierOf(user) ?? '', lockout), show)
}
