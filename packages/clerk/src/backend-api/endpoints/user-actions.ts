// What is done to one user, or to several, beside reading and changing her record: pictures, codes, compromised
// passwords, bans in bulk.

import { banUser, unbanUser } from '../../directory/people/ban-user.ts'
import { setPasswordCompromised, unsetPasswordCompromised } from '../../directory/sessions/change-password.ts'
import { setProfileImage } from '../../directory/people/change-profile-image.ts'
import { requireCode } from '../../proof/factors/require-code.ts'
import { requirePicture } from '../../parameters/picture/require-picture.ts'
import { optionalFlag, requireBody, requireText, texts } from '../../parameters/body.ts'
import { uploadedFile } from '../../parameters/uploaded-file.ts'
import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { userResource } from '../../resources/user.ts'
import type { Store } from '../../state/database/store.ts'
import { requireUser } from '../../state/people/users.ts'
import { type BackendRequest, type Endpoint, pathValue } from '../backend-request.ts'
import { userAnswer } from './update-user.ts'

export const userActionEndpoints: readonly Endpoint[] = [
  { method: 'POST', path: '/users/ban', answer: (request) => changeMany(request, banUser) },
  { method: 'POST', path: '/users/unban', answer: (request) => changeMany(request, unbanUser) },
  { method: 'POST', path: '/users/:user_id/profile_image', answer: uploadProfileImage },
  { method: 'DELETE', path: '/users/:user_id/profile_image', answer: deleteProfileImage },
  { method: 'POST', path: '/users/:user_id/verify_totp', answer: verifyTotp },
  { method: 'POST', path: '/users/:user_id/password/set_compromised', answer: setCompromised },
  { method: 'POST', path: '/users/:user_id/password/unset_compromised', answer: unsetCompromised },
]

const mostAtOnce = 50

/** All of them or none. */
async function changeMany(
  { store, body }: BackendRequest,
  change: (store: Store, userId: string) => Promise<void>,
): Promise<object> {
  const ids = texts(requireBody(body, ['user_ids']), 'user_ids')
  if (ids.length === 0) throw new ClerkRefusal('form_param_missing', { param: 'user_ids' })
  if (ids.length > mostAtOnce) {
    throw new ClerkRefusal('form_param_value_too_large', { param: 'user_ids', most: mostAtOnce })
  }
  return store.atomically(async (inner) => {
    const answers: object[] = []
    for (const id of ids) {
      await change(inner, id)
      answers.push(userResource(await requireUser(inner, id), inner.now(), inner.imageUrlOf))
    }
    return answers
  })
}

async function uploadProfileImage(request: BackendRequest): Promise<object> {
  const id = pathValue(request, 'user_id')
  await setProfileImage(request.store, id, requirePicture(uploadedFile(request.body)))
  return userAnswer(request, id)
}

async function deleteProfileImage(request: BackendRequest): Promise<object> {
  const id = pathValue(request, 'user_id')
  await setProfileImage(request.store, id, null)
  return userAnswer(request, id)
}

async function verifyTotp(request: BackendRequest): Promise<object> {
  const code = requireText(requireBody(request.body, ['code']), 'code')
  return { verified: true, code_type: await requireCode(request.store, pathValue(request, 'user_id'), code) }
}

async function setCompromised(request: BackendRequest): Promise<object> {
  const body = requireBody(request.body, ['revoke_all_sessions'])
  const id = pathValue(request, 'user_id')
  await setPasswordCompromised(request.store, id, optionalFlag(body, 'revoke_all_sessions') ?? false)
  return userAnswer(request, id)
}

async function unsetCompromised(request: BackendRequest): Promise<object> {
  const id = pathValue(request, 'user_id')
  await unsetPasswordCompromised(request.store, id)
  return userAnswer(request, id)
}
