// One attempt at a first factor, from its own request or from the one that begins the sign-in.

import { guarded } from '../../directory/lock-out.ts'
import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import type { ClientRequest } from '../frontend-request.ts'
import { passFirstFactor } from './advance.ts'
import type { Attempted, FactorStrategy } from './factor.ts'

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
  const proof = person === null || person.isPhantom ? await show() : await guarded(store, person.user, lockout, show)
  const userId = person?.user.id ?? proof.userId
  if (userId === undefined) throw new ClerkRefusal('client_state_invalid', {})
  await passFirstFactor(request, store, signInId, userId, proof)
}
