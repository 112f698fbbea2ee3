// A person's password, from either door.

import { digestPassword } from '../../proof/passwords/password-digests.ts'
import type { Store } from '../../state/database/store.ts'
import type { UserColumns } from '../../state/people/users.ts'
import { changeUser } from '../people/change-user.ts'
import { revokeSessionsOf } from './close-sessions.ts'

/** What else happens when a password is set or removed. */
export interface PasswordChange {
  /** Revokes the user's other sessions. */
  readonly signOutOfOtherSessions: boolean
  /** The session that asks, which stays; null when none does. */
  readonly keptSessionId: string | null
}

/** Sets a password whose form was checked before. Refuses an unknown user. */
export async function setPassword(
  store: Store,
  userId: string,
  password: string,
  change: PasswordChange,
): Promise<void> {
  await changePasswordColumns(store, userId, await passwordColumns(password, store.now()), change)
}

/** Takes the password away. Refuses an unknown user. */
export async function removePassword(store: Store, userId: string, change: PasswordChange): Promise<void> {
  const none = {
    password_digest: null,
    password_hasher: null,
    password_last_updated_at: null,
    password_compromised_at: null,
  }
  await changePasswordColumns(store, userId, none, change)
}

/** Says that a password is known to strangers, so that the next sign-in has to set another. Refuses an unknown user. */
export function setPasswordCompromised(store: Store, userId: string, revokeSessions: boolean): Promise<void> {
  const change = { signOutOfOtherSessions: revokeSessions, keptSessionId: null }
  return changePasswordColumns(store, userId, { password_compromised_at: store.now() }, change)
}

/** Takes that back. Refuses an unknown user. */
export function unsetPasswordCompromised(store: Store, userId: string): Promise<void> {
  return changeUser(store, userId, { password_compromised_at: null })
}

/** The columns that hold a password, digested. */
export async function passwordColumns(password: string, now: number): Promise<UserColumns> {
  return {
    password_digest: await digestPassword(password),
    password_hasher: 'argon2id',
    password_last_updated_at: now,
    password_compromised_at: null,
  }
}

function changePasswordColumns(
  store: Store,
  userId: string,
  columns: UserColumns,
  { signOutOfOtherSessions, keptSessionId }: PasswordChange,
): Promise<void> {
  return store.atomically(async (inner) => {
    await changeUser(inner, userId, columns)
    if (signOutOfOtherSessions) await revokeSessionsOf(inner, userId, keptSessionId)
  })
}
