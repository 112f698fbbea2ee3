// Sign-ins: who somebody is, a first factor, where it is asked for a second one or a new password, and the session.

import { setPassword } from '../../directory/sessions/change-password.ts'
import { guarded, requireUnlocked } from '../../directory/sessions/lock-out.ts'
import { requireText } from '../../parameters/body.ts'
import { formFlag } from '../../parameters/form.ts'
import { requireAcceptablePassword } from '../../proof/passwords/password-digests.ts'
import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { requireSignIn, type SignIn, updateSignIn } from '../../state/sessions/sign-ins.ts'
import { findVerification, type Verification } from '../../state/sessions/verifications.ts'
import {
  type ClientRequest,
  type FrontendAnswer,
  type FrontendEndpoint,
  pathValue,
  resource,
} from '../frontend-request.ts'
import { signInResource } from '../resources/sign-in.ts'
import { passNewPassword, passSecondFactor } from '../sign-in/advance.ts'
import { attemptFirstFactor } from '../sign-in/attempt-first-factor.ts'
import { createSignIn } from '../sign-in/create-sign-in.ts'
import type { FactorStrategy, Person } from '../sign-in/factor.ts'
import { requireFirstFactor } from '../sign-in/first-factors.ts'
import { personOf } from '../sign-in/identify.ts'
import { requireOffered } from '../sign-in/require-offered.ts'
import { requireSecondFactor } from '../sign-in/second-factors.ts'

const path = '/v1/client/sign_ins'
const one = `${path}/:sign_in_id`

export const signInEndpoints: readonly FrontendEndpoint[] = [
  { method: 'POST', path, access: 'client', answer: create },
  {
    method: 'GET',
    path: one,
    access: 'client',
    answer: (request) => answer(request, pathValue(request, 'sign_in_id')),
  },
  { method: 'POST', path: `${one}/prepare_first_factor`, access: 'client', answer: prepareFirst },
  { method: 'POST', path: `${one}/attempt_first_factor`, access: 'client', answer: attemptFirst },
  { method: 'POST', path: `${one}/reset_password`, access: 'client', answer: resetPassword },
  { method: 'POST', path: `${one}/prepare_second_factor`, access: 'client', answer: prepareSecond },
  { method: 'POST', path: `${one}/attempt_second_factor`, access: 'client', answer: attemptSecond },
]

async function create(request: ClientRequest): Promise<FrontendAnswer> {
  return answer(request, await createSignIn(request))
}

async function answer({ instance, store, client }: ClientRequest, id: string): Promise<FrontendAnswer> {
  return resource(await signInResource(instance, await requireSignIn(store, client.id, id)))
}

async function prepareFirst(request: ClientRequest): Promise<FrontendAnswer> {
  const strategy = requireFirstFactor(requireText(request.form, 'strategy'))
  const { signIn, person } = await requireAt(request, ['needs_identifier', 'needs_first_factor'])
  const { id } = await prepared(request, strategy, person)
  await updateSignIn(request.store, signIn.id, { first_verification_id: id })
  return answer(request, signIn.id)
}

async function attemptFirst(request: ClientRequest): Promise<FrontendAnswer> {
  const name = requireText(request.form, 'strategy')
  const strategy = requireFirstFactor(name)
  const { signIn, person } = await requireAt(request, ['needs_identifier', 'needs_first_factor'])
  const { authentication } = (await request.instance.snapshot()).settings
  if (person !== null) requireOffered(name, strategy, person, authentication)
  const verification = await verificationOf(request, signIn.firstVerificationId)
  await attemptFirstFactor(request, signIn.id, strategy, { person, verification })
  return answer(request, signIn.id)
}

async function resetPassword(request: ClientRequest): Promise<FrontendAnswer> {
  const { store, instance, form } = request
  const { signIn } = await requireAt(request, ['needs_new_password'])
  const password = requireText(form, 'password')
  requireAcceptablePassword(password, (await instance.snapshot()).settings.authentication.passwordMinLength)
  const signOutOfOtherSessions = formFlag(form, 'sign_out_of_other_sessions') === true
  await passNewPassword(request, store, signIn.id, (inner, userId) =>
    setPassword(inner, userId, password, { signOutOfOtherSessions, keptSessionId: null }),
  )
  return answer(request, signIn.id)
}

async function prepareSecond(request: ClientRequest): Promise<FrontendAnswer> {
  const strategy = requireSecondFactor(requireText(request.form, 'strategy'))
  const { signIn, person } = await requireAt(request, ['needs_second_factor'])
  const { id } = await prepared(request, strategy, person)
  await updateSignIn(request.store, signIn.id, { second_verification_id: id })
  return answer(request, signIn.id)
}

async function attemptSecond(request: ClientRequest): Promise<FrontendAnswer> {
  const { store, instance } = request
  const name = requireText(request.form, 'strategy')
  const strategy = requireSecondFactor(name)
  const { signIn, person } = await requireAt(request, ['needs_second_factor'])
  const { authentication } = (await instance.snapshot()).settings
  if (person === null) throw new ClerkRefusal('client_state_invalid', {})
  requireOffered(name, strategy, person, authentication)
  const verification = await verificationOf(request, signIn.secondVerificationId)
  const proof = await guarded(store, person.user, authentication.lockout, () =>
    strategy.attempt(request, { person, verification }),
  )
  await passSecondFactor(request, store, signIn.id, proof)
  return answer(request, signIn.id)
}

/** The sign-in of the path and its person. Refuses one that is at another step. */
async function requireAt(
  request: ClientRequest,
  steps: readonly SignIn['status'][],
): Promise<{ readonly signIn: SignIn; readonly person: Person | null }> {
  const { store, instance, client } = request
  const signIn = await requireSignIn(store, client.id, pathValue(request, 'sign_in_id'))
  if (!steps.includes(signIn.status)) throw new ClerkRefusal('client_state_invalid', {})
  return { signIn, person: await personOf(store, (await instance.snapshot()).settings.authentication, signIn) }
}

async function prepared(
  request: ClientRequest,
  strategy: FactorStrategy,
  person: Person | null,
): Promise<Verification> {
  if (strategy.prepare === undefined) throw new ClerkRefusal('strategy_for_user_invalid', {})
  if (person !== null) requireUnlocked(request.store, person.user)
  return strategy.prepare(request, person)
}

async function verificationOf({ store }: ClientRequest, id: string | null): Promise<Verification | null> {
  return id === null ? null : findVerification(store, id)
}
