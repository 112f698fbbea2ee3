// Keeps a long run of changes from holding up whoever else waits for the process: requests, heartbeats, other sockets.

/** Changes and frames together that may pass in one turn of the event loop. */
const MOST = 500

/** One for all that is dispatched: pieces of a large transaction follow each other without a turn between them. */
export class Turns {
  #spent = 0

  /** Call after each change. Resolves in a later turn where enough has passed in this one, and is null otherwise. */
  spend(amount: number): Promise<void> | null {
    this.#spent += amount
    if (this.#spent < MOST) return null
    this.#spent = 0
    return new Promise((resolve) => setImmediate(resolve))
  }
}
