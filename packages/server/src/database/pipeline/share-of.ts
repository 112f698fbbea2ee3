// A share of the connections for one part of the server, so that the others find one whatever it is asked to do.

import { Refusal } from '../../refusal/refusal.ts'
import type { Database } from '../statement.ts'

/** Transactions that may wait for their turn. */
const MOST_WAITING = 10_000

/**
 * `database` with at most `most` transactions under way; others wait in their order. Refuses with `postgres.pool-timeout`
 * where too many wait already.
 */
export function shareOf(database: Pick<Database, 'run'>, most: number): Pick<Database, 'run'> {
  const waiting: (() => void)[] = []
  let underWay = 0
  const turn = async (): Promise<void> => {
    if (underWay < most) underWay += 1
    else if (waiting.length < MOST_WAITING) await new Promise<void>((resolve) => waiting.push(resolve))
    else throw new Refusal('postgres.pool-timeout', { waited: 0 })
  }
  const pass = (): void => {
    const next = waiting.shift()
    if (next === undefined) underWay -= 1
    else next()
  }
  return {
    async run(transaction) {
      await turn()
      try {
        return await database.run(transaction)
      } finally {
        pass()
      }
    },
  }
}
