// Sign-ups: what somebody says of herself, the proof that her address and number are hers, and then the user.

import { requireText } from '../../parameters/body.ts'
import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { requireSignUp, type SignUp } from '../../state/sessions/sign-ups.ts'
import { requireRightCode } from '../../proof/verification/require-right-code.ts'
import {
  type ClientRequest,
  type FrontendAnswer,
  type FrontendEndpoint,
  pathValue,
  resource,
} from '../frontend-request.ts'
import { signUpResource } from '../../resources/sign-up.ts'
import { changeSignUp, createSignUp } from '../sign-up/change-sign-up.ts'
import { completeIfReady } from '../sign-up/complete-sign-up.ts'
import { prepareVerification, provedField } from '../sign-up/prepare-verification.ts'

const path = '/v1/client/sign_ups'
const one = `${path}/:sign_up_id`

export const signUpEndpoints: readonly FrontendEndpoint[] = [
  { method: 'POST', path, access: 'client', answer: create },
  {
    method: 'GET',
    path: one,
    access: 'client',
    answer: (request) => answer(request, pathValue(request, 'sign_up_id')),
  },
  { method: 'PATCH', path: one, access: 'client', answer: change },
  { method: 'POST', path: `${one}/prepare_verification`, access: 'client', answer: prepare },
  { method: 'POST', path: `${one}/attempt_verification`, access: 'client', answer: attempt },
]

async function create(request: ClientRequest): Promise<FrontendAnswer> {
  return answer(request, await createSignUp(request))
}

async function change(request: ClientRequest): Promise<FrontendAnswer> {
  const { id } = await requireOpen(request)
  await changeSignUp(request, id)
  return answer(request, id)
}

async function prepare(request: ClientRequest): Promise<FrontendAnswer> {
  const signUp = await requireOpen(request)
  await prepareVerification(request, signUp, requireText(request.form, 'strategy'))
  return answer(request, signUp.id)
}

async function attempt(request: ClientRequest): Promise<FrontendAnswer> {
  const { store, form } = request
  const signUp = await requireOpen(request)
  const field = provedField(requireText(form, 'strategy'))
  const code = requireText(form, 'code')
  const verificationId = field === 'email_address' ? signUp.emailVerificationId : signUp.phoneVerificationId
  if (verificationId === null) throw new ClerkRefusal('verification_missing', {})
  const proof = await requireRightCode(store, verificationId, code)
  await store.atomically(async (inner) => {
    await proof.spend(inner)
    await completeIfReady(request, inner, signUp.id)
  })
  return answer(request, signUp.id)
}

async function answer({ instance, store, client }: ClientRequest, id: string): Promise<FrontendAnswer> {
  return resource(await signUpResource(instance, await requireSignUp(store, client.id, id)))
}

/** The sign-up of the path. Refuses one that is complete. */
async function requireOpen(request: ClientRequest): Promise<SignUp> {
  const signUp = await requireSignUp(request.store, request.client.id, pathValue(request, 'sign_up_id'))
  if (signUp.createdUserId !== null) throw new ClerkRefusal('client_state_invalid', {})
  return signUp
}
