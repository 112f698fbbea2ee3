// Keeping a person out: a ban closes her sessions and opens none, a lock only stops her sign-ins for a while.

import type { Store } from '../../state/database/store.ts'
import { changeUser } from './change-user.ts'
import { revokeSessionsOf } from '../sessions/close-sessions.ts'

/** How long a lock lasts, in milliseconds: an hour, as Clerk's default is. */
const lockLifetime = 3_600_000

/** Bans a user and revokes her sessions. Refuses an unknown one. */
export function banUser(store: Store, userId: string): Promise<void> {
  return store.atomically(async (inner) => {
    await changeUser(inner, userId, { banned: true })
    await revokeSessionsOf(inner, userId)
  })
}

/** Takes a ban back. Refuses an unknown user. */
export function unbanUser(store: Store, userId: string): Promise<void> {
  return changeUser(store, userId, { banned: false })
}

/** Locks a user out of signing in. Refuses an unknown one. */
export function lockUser(store: Store, userId: string): Promise<void> {
  return changeUser(store, userId, { locked_until: lockedUntil(store.now()) })
}

/** Takes a lock back. Refuses an unknown user. */
export function unlockUser(store: Store, userId: string): Promise<void> {
  return changeUser(store, userId, { locked_until: null })
}

/** When a lock that begins now is over. */
export function lockedUntil(now: number): number {
  return now + lockLifetime
}
