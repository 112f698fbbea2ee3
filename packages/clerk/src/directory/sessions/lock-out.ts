// Guessing at one person's account: after so many failures it is locked for a while, whoever guesses, however.

import { recordUser } from '../../outbox/events/user-events.ts'
import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { countFailure, findLockedUntil } from '../../state/people/failed-attempts.ts'
import type { AuthenticationSettings } from '../../state/instance/authentication-settings.ts'
import type { Store } from '../../state/database/store.ts'
import type { User } from '../../state/people/users.ts'

/** How many failures lock an account, and for how long. */
export type Lockout = AuthenticationSettings['lockout']

/** What a failure at a factor is told as. Anything else is not a guess. */
const guesses: ReadonlySet<string> = new Set([
  'form_password_incorrect',
  'form_password_validation_failed',
  'form_code_incorrect',
  'totp_code_incorrect',
])

/** Refuses an account that is locked, and says for how long it is. */
export function requireUnlocked(store: Store, { lockedUntil }: Pick<User, 'lockedUntil'>): void {
  const now = store.now()
  if (lockedUntil === null || lockedUntil <= now) return
  throw new ClerkRefusal('user_locked', { seconds: Math.ceil((lockedUntil - now) / 1000) })
}

/** What is kept of the guesses at one account. */
export interface Ledger {
  /** The account's name among all. */
  readonly account: string
  /** Until when it is locked, as it is kept now. */
  readonly lockedUntil: () => Promise<number | null>
  /** Counts a wrong guess, for good; hands back until when the account is locked by that, or null. */
  readonly fail: () => Promise<number | null>
}

/**
 * Lets somebody show a factor of an account that is not locked. A wrong one is counted, for good: `store` must not be
 * of a transaction. The failure that locks the account is told as such, and with the user's event.
 */
export async function guarded<Result>(
  store: Store,
  user: User,
  lockout: Lockout,
  show: () => Promise<Result>,
): Promise<Result> {
  requireUnlocked(store, user)
  return await guardedBy(store, ledgerOf(store, user.id, lockout), show)
}

/**
 * The same by what is kept somewhere else. One guess at an account waits for the other, because all of many at the same
 * moment would find it unlocked.
 */
export async function guardedBy<Result>(store: Store, ledger: Ledger, show: () => Promise<Result>): Promise<Result> {
  return await inTurn(ledger.account, async () => {
    requireUnlocked(store, { lockedUntil: await ledger.lockedUntil() })
    try {
      return await show()
    } catch (error) {
      if (!(error instanceof ClerkRefusal) || !guesses.has(error.code)) throw error
      requireUnlocked(store, { lockedUntil: await ledger.fail() })
      throw error
    }
  })
}

function ledgerOf(store: Store, userId: string, lockout: Lockout): Ledger {
  return {
    account: `${store.instanceId} ${userId}`,
    lockedUntil: () => findLockedUntil(store, userId),
    fail: () => fail(store, userId, lockout),
  }
}

/** The last of those who wait at each account. */
const turns = new Map<string, Promise<void>>()

async function inTurn<Result>(account: string, work: () => Promise<Result>): Promise<Result> {
  const result = (turns.get(account) ?? Promise.resolve()).then(work)
  const over = result.then(
    () => undefined,
    () => undefined,
  )
  turns.set(account, over)
  try {
    return await result
  } finally {
    if (turns.get(account) === over) turns.delete(account)
  }
}

function fail(store: Store, userId: string, { attempts, minutes }: Lockout): Promise<number | null> {
  return store.atomically(async (inner) => {
    const until = inner.now() + minutes * 60_000
    const lockedUntil = await countFailure(inner, userId, { most: attempts, lockedUntil: until })
    if (lockedUntil !== null) await recordUser(inner, 'user.updated', userId)
    return lockedUntil
  })
}
