// POST and DELETE /me/profile_image.

import { setProfileImage } from '../../../directory/people/change-profile-image.ts'
import { requirePicture } from '../../../parameters/picture/require-picture.ts'
import { notFound } from '../../../refusal/not-found.ts'
import { deletion } from '../../../resources/listing.ts'
import { requireUser } from '../../../state/people/users.ts'
import { type FrontendAnswer, type FrontendEndpoint, resource, type SessionRequest } from '../../frontend-request.ts'

const path = '/v1/me/profile_image'

export const profileImageEndpoints: readonly FrontendEndpoint[] = [
  { method: 'POST', path, access: 'session', answer: upload },
  { method: 'DELETE', path, access: 'session', answer: remove },
]

async function upload({ store, file, session: { userId } }: SessionRequest): Promise<FrontendAnswer> {
  await setProfileImage(store, userId, requirePicture(file))
  const { imageId } = await requireUser(store, userId)
  return resource({ object: 'image', id: imageId, name: imageId, public_url: store.imageUrlOf(userId, imageId) })
}

async function remove({ store, session: { userId } }: SessionRequest): Promise<FrontendAnswer> {
  const { imageId } = await requireUser(store, userId)
  if (imageId === null) throw notFound('image', userId)
  await setProfileImage(store, userId, null)
  return resource(deletion('image', imageId))
}
