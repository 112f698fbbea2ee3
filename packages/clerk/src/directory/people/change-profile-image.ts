// A person's picture, from either door.

import type { Picture } from '../../parameters/picture/require-picture.ts'
import { deleteImage, insertImage } from '../../state/people/images.ts'
import type { Store } from '../../state/database/store.ts'
import { requireUserLocked } from '../../state/people/users.ts'
import { changeUser } from './change-user.ts'

/** Shows a picture in the place of the one before; null shows the drawn one again. Refuses an unknown user. */
export function setProfileImage(store: Store, userId: string, picture: Picture | null): Promise<void> {
  return store.atomically(async (inner) => {
    const { imageId } = await requireUserLocked(inner, userId)
    const added = picture === null ? null : await insertImage(inner, picture)
    await changeUser(inner, userId, { profile_image_id: added })
    await deleteImage(inner, imageId)
  })
}
