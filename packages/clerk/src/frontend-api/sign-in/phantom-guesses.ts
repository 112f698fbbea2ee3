// Guesses at somebody who does not exist are counted as those at an account are: a lock that never came would tell
// which of the two she is. In memory, since there is no account to keep them with.

import type { Ledger, Lockout } from '../../directory/sessions/lock-out.ts'
import type { Store } from '../../state/database/store.ts'

interface Guesses {
  readonly failed: number
  /** In Unix milliseconds. */
  readonly lockedUntil: number | null
}

/** Phantoms that are remembered at once; past it those that were guessed at first go. */
const mostPhantoms = 10_000
const guesses = new Map<string, Guesses>()

/** Until when the phantom of an identifier is locked, or null. */
export function phantomLockedUntil({ instanceId }: Store, identifier: string): number | null {
  return guesses.get(accountOf(instanceId, identifier))?.lockedUntil ?? null
}

/** What is kept of the guesses at a phantom. */
export function phantomLedger(store: Store, identifier: string, { attempts, minutes }: Lockout): Ledger {
  const account = accountOf(store.instanceId, identifier)
  return {
    account,
    lockedUntil: async () => phantomLockedUntil(store, identifier),
    fail: async () => {
      const failed = (guesses.get(account)?.failed ?? 0) + 1
      const lockedUntil = failed >= attempts ? store.now() + minutes * 60_000 : null
      remember(account, { failed: lockedUntil === null ? failed : 0, lockedUntil })
      return lockedUntil
    },
  }
}

function accountOf(instanceId: string, identifier: string): string {
  return `${instanceId} phantom ${identifier}`
}

function remember(account: string, counted: Guesses): void {
  guesses.set(account, counted)
  const [oldest] = guesses.keys()
  if (guesses.size > mostPhantoms && oldest !== undefined) guesses.delete(oldest)
}
