// The end of a person's account, from either door.

import { recordUserDeleted } from '../../outbox/events/user-events.ts'
import { deleteImage } from '../../state/people/images.ts'
import { openSessionsOf } from '../../state/sessions/sessions.ts'
import type { Store } from '../../state/database/store.ts'
import { deleteUser, requireUserLocked } from '../../state/people/users.ts'
import { closeSession } from '../sessions/close-sessions.ts'

/**
 * Deletes a user with everything that is hers, and hands back her external id. Her sessions are removed first, so that
 * their browsers and whoever follows the events hear of it. Refuses an unknown one.
 */
export function deleteUserAccount(store: Store, userId: string): Promise<{ readonly externalId: string | null }> {
  return store.atomically(async (inner) => {
    const { imageId } = await requireUserLocked(inner, userId)
    for (const id of await openSessionsOf(inner, userId)) await closeSession(inner, id, 'removed')
    const deleted = await deleteUser(inner, userId)
    await deleteImage(inner, imageId)
    await recordUserDeleted(inner, userId, deleted.externalId)
    return deleted
  })
}
