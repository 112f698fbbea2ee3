// One thing at a time, in the order of asking: pieces of transactions, and what changes the routing table between them.

export interface Turnstile {
  /** Runs the work when everything before it is through. */
  pass<Result>(work: () => Promise<Result> | Result): Promise<Result>
}

export function createTurnstile(): Turnstile {
  let last: Promise<unknown> = Promise.resolve()
  return {
    async pass(work) {
      const turn = last.then(work)
      // The next one comes whether this one succeeds or not; its failure is its own caller's.
      last = turn.catch(() => undefined)
      return await turn
    },
  }
}
