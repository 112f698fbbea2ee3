// How long a walsender may say nothing before it is taken for dead.

import { SENDER_TIMEOUT } from './replication-connection.ts'

/** One that is asked answers within half its timeout even while it works through a large transaction. Milliseconds. */
const FIRST = 3 * SENDER_TIMEOUT
const LONGEST = 10 * 60_000

/** Outlives the connections: a single row of hundreds of megabytes makes a walsender silent each time that it comes to it. */
export class Patience {
  #milliseconds = FIRST

  get milliseconds(): number {
    return this.#milliseconds
  }

  /** Nothing came for so long; the next walsender gets more time. */
  wasTooShort(): void {
    this.#milliseconds = Math.min(this.#milliseconds * 2, LONGEST)
  }

  /** A transaction came through to its end. */
  wasEnough(): void {
    this.#milliseconds = FIRST
  }
}
