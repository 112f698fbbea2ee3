// Waits for a Postgres that is away: a change that cannot be judged yet is not lost for that.

import { isRefusal } from '../../../../refusal/refusal.ts'

const AWAY = ['postgres.unreachable', 'postgres.connection-lost', 'postgres.pool-timeout'] as const
const FIRST_WAIT = 100
const LONGEST_WAIT = 5000

/** Does the work again until Postgres answers; anything else that goes wrong is thrown. Gives up where `isOver`. */
export async function persist(work: () => Promise<void>, isOver: () => boolean): Promise<void> {
  for (let wait = FIRST_WAIT; ; wait = Math.min(wait * 2, LONGEST_WAIT)) {
    try {
      return await work()
    } catch (error) {
      if (!isAway(error) || isOver()) throw error
      await new Promise((resolve) => setTimeout(resolve, wait))
    }
  }
}

/** Postgres, or the way to it, is away for now. */
export function isAway(error: unknown): boolean {
  if (!isRefusal(error)) return false
  // Shutting down, starting up, out of connections; held up by another transaction.
  if (error.code === 'postgres.error') return /^(57P0|53|08|40|55P03)/.test(error.detail.sqlstate)
  return AWAY.some((code) => code === error.code)
}
