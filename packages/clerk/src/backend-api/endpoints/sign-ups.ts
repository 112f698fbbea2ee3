// GET /sign_ups/:id. What servers may change about a sign-up, its external id, is not kept here.

import { signUpResource } from '../../resources/sign-up.ts'
import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { notFound } from '../../refusal/not-found.ts'
import { findSignUp } from '../../state/sessions/sign-ups.ts'
import { type BackendRequest, type Endpoint, pathValue } from '../backend-request.ts'

export const signUpEndpoints: readonly Endpoint[] = [
  { method: 'GET', path: '/sign_ups/:id', answer: signUpAnswer },
  { method: 'PATCH', path: '/sign_ups/:id', answer: changeSignUp },
]

async function signUpAnswer(request: BackendRequest): Promise<object> {
  const id = pathValue(request, 'id')
  const signUp = await findSignUp(request.store, id)
  if (signUp === null) throw notFound('sign_up', id)
  return signUpResource(request.instance, signUp)
}

async function changeSignUp(): Promise<never> {
  throw new ClerkRefusal('feature_not_enabled', { feature: 'sign-ups that servers change' })
}
