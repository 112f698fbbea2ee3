// Changes of a person's record, from either door, each with its event.

import { recordUser } from '../../outbox/events/user-events.ts'
import type { Store } from '../../state/database/store.ts'
import { requireUserLocked, updateUser, type User, type UserColumns } from '../../state/people/users.ts'

/** Changes a user's columns. Refuses an unknown user, and a username or external id that somebody else has. */
export function changeUser(store: Store, userId: string, columns: UserColumns): Promise<void> {
  return store.atomically(async (inner) => {
    await updateUser(inner, userId, columns)
    await recordUser(inner, 'user.updated', userId)
  })
}

/** Changes a user by what she is now. Her row is locked meanwhile, so two such changes never lose one of them. */
export function changeUserBy(store: Store, userId: string, change: (user: User) => UserColumns): Promise<void> {
  return store.atomically(async (inner) => {
    await changeUser(inner, userId, change(await requireUserLocked(inner, userId)))
  })
}
