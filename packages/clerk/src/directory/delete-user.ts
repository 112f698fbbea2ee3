// The end of a person's account, from either door.

import { recordUserDeleted } from '../events/user-events.ts'
import type { Store } from '../state/store.ts'
import { deleteUser } from '../state/users.ts'

/** Deletes a user with everything that is hers, and hands back her external id. Refuses an unknown one. */
export function deleteUserAccount(store: Store, userId: string): Promise<{ readonly externalId: string | null }> {
  return store.atomically(async (inner) => {
    const deleted = await deleteUser(inner, userId)
    await recordUserDeleted(inner, userId, deleted.externalId)
    return deleted
  })
}
