// Verifying an open session again, by a factor of the sign-in: started at a level, prepared, attempted.

import { guarded, requireUnlocked } from '../../directory/sessions/lock-out.ts'
import { requireChoice, requireText } from '../../parameters/body.ts'
import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import type { ReverificationLevel } from '../../refusal/vocabulary/profile.ts'
import {
  changeSessionVerification,
  requireSessionVerification,
  startSessionVerification,
} from '../../state/sessions/session-verifications.ts'
import type { Session } from '../../state/sessions/sessions.ts'
import { requireUser } from '../../state/people/users.ts'
import { findVerification } from '../../state/sessions/verifications.ts'
import { type ClientRequest, type FrontendAnswer, type FrontendEndpoint, resource } from '../frontend-request.ts'
import { requireClientSession } from '../serving/require-client-session.ts'
import { sessionVerificationResource } from '../resources/session-verification.ts'
import { amongOneself, requireSessionStrategy, sessionFactorsOf } from '../reverification/factors.ts'
import { passFactor, requireStep } from '../reverification/pass-factor.ts'
import { requireOffered } from '../sign-in/require-offered.ts'

const path = '/v1/client/sessions/:session_id/verify'

export const sessionVerificationEndpoints: readonly FrontendEndpoint[] = [
  { method: 'POST', path, access: 'client', answer: start },
  ...(['first', 'second'] as const).flatMap((step): FrontendEndpoint[] => [
    {
      method: 'POST',
      path: `${path}/prepare_${step}_factor`,
      access: 'client',
      answer: (request) => prepare(request, step),
    },
    {
      method: 'POST',
      path: `${path}/attempt_${step}_factor`,
      access: 'client',
      answer: (request) => attempt(request, step),
    },
  ]),
]

const levels: readonly ReverificationLevel[] = ['first_factor', 'second_factor', 'multi_factor']

/** Begins. Whoever has no second factor is asked for the first one, whatever the level. */
async function start(request: ClientRequest): Promise<FrontendAnswer> {
  const { instance, store, form } = request
  const session = requireClientSession(request)
  const asked = requireChoice(form, 'level', levels)
  const { authentication } = (await instance.snapshot()).settings
  const { second } = sessionFactorsOf(await requireUser(store, session.userId), authentication)
  const level = second.length === 0 ? 'first_factor' : asked
  const status = level === 'second_factor' ? 'needs_second_factor' : 'needs_first_factor'
  await startSessionVerification(store, session.id, { level, status })
  return await answer(request, session)
}

async function prepare(request: ClientRequest, step: 'first' | 'second'): Promise<FrontendAnswer> {
  const { store, form } = request
  const session = requireClientSession(request)
  requireStep(await requireSessionVerification(store, session.id), step, `prepare_${step}_factor`)
  const strategy = requireSessionStrategy(step, requireText(form, 'strategy'))
  if (strategy.prepare === undefined) throw new ClerkRefusal('strategy_for_user_invalid', {})
  const user = await requireUser(store, session.userId)
  requireUnlocked(store, user)
  const { id } = await strategy.prepare(request, { user, isPhantom: false })
  await changeSessionVerification(
    store,
    session.id,
    step === 'first' ? { first_verification_id: id } : { second_verification_id: id },
  )
  return await answer(request, session)
}

/** Judges what the form shows. What is wrong counts against the account, as at sign-in. */
async function attempt(request: ClientRequest, step: 'first' | 'second'): Promise<FrontendAnswer> {
  const { instance, store, form } = request
  const session = requireClientSession(request)
  const pending = await requireSessionVerification(store, session.id)
  requireStep(pending, step, `attempt_${step}_factor`)
  const name = requireText(form, 'strategy')
  const strategy = requireSessionStrategy(step, name)
  const { authentication } = (await instance.snapshot()).settings
  const person = { user: await requireUser(store, session.userId), isPhantom: false }
  requireOffered(name, strategy, person, amongOneself(authentication))
  const prepared = step === 'first' ? pending.firstVerificationId : pending.secondVerificationId
  const verification = prepared === null ? null : await findVerification(store, prepared)
  const proof = await guarded(store, person.user, authentication.lockout, () =>
    strategy.attempt(request, { person, verification }),
  )
  const strongest = step === 'second' || sessionFactorsOf(person.user, authentication).second.length === 0
  await passFactor(store, session, step, proof, { strongest })
  return await answer(request, session)
}

async function answer({ instance, origin }: ClientRequest, { id }: Session): Promise<FrontendAnswer> {
  return resource(await sessionVerificationResource(instance, id, origin))
}
