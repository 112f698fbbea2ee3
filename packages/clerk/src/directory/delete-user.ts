// The end of a person's account, from either door.

import { recordUserDeleted } from '../events/user-events.ts'
import { deleteImage } from '../state/images.ts'
import type { Store } from '../state/store.ts'
import { deleteUser, requireUserLocked } from '../state/users.ts'

/** Deletes a user with everything that is hers, and hands back her external id. Refuses an unknown one. */
export function deleteUserAccount(store: Store, userId: string): Promise<{ readonly externalId: string | null }> {
  return store.atomically(async (inner) => {
    const { imageId } = await requireUserLocked(inner, userId)
    const deleted = await deleteUser(inner, userId)
    await deleteImage(inner, imageId)
    await recordUserDeleted(inner, userId, deleted.externalId)
    return deleted
  })
}
