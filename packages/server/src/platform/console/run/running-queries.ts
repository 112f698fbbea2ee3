// Which queries run now, under the ids their callers gave them.

import { Refusal } from '../../../refusal/refusal.ts'

/** Each has a connection of its own, of which Postgres has few. */
const MOST = 10

/** One run, from before it is connected until it is over. */
export class RunningQuery {
  #cancelled = false
  #cancelNow: (() => Promise<void>) | undefined

  get cancelled(): boolean {
    return this.#cancelled
  }

  /** How to reach it from now on. */
  canBeCancelledBy(cancelNow: () => Promise<void>): void {
    this.#cancelNow = cancelNow
  }

  /** No statement begins from now on; the one under way is ended. */
  async cancel(): Promise<void> {
    this.#cancelled = true
    await this.#cancelNow?.()
  }
}

/** All runs of a server, at most ten at once. */
export class RunningQueries {
  readonly #byId = new Map<string, RunningQuery>()

  /** Refuses `platform.queries-too-many`. An id that is in use goes to the newer run. */
  async during<Result>(id: string, work: (query: RunningQuery) => Promise<Result>): Promise<Result> {
    if (this.#byId.size >= MOST) throw new Refusal('platform.queries-too-many', { most: MOST })
    const query = new RunningQuery()
    this.#byId.set(id, query)
    try {
      return await work(query)
    } finally {
      if (this.#byId.get(id) === query) this.#byId.delete(id)
    }
  }

  /** Refuses `platform.query-not-running`. */
  async cancel(id: string): Promise<void> {
    const query = this.#byId.get(id)
    if (query === undefined) throw new Refusal('platform.query-not-running', {}, { fix: 'It is over already.' })
    await query.cancel()
  }
}
