// One connection from transaction to transaction: what it has prepared, and that it is clean before it is reused.

import type { PoolClient } from 'pg'
import type { Rows } from '../statement.ts'
import { Flight } from './flight.ts'
import type { Landed } from './flight.ts'
import type { PreparedStatements } from './prepared-statements.ts'
import { endsSession, staleness } from './refuse-error.ts'
import { ROLLBACK } from './sql/transaction-control.ts'
import type { Step } from './steps.ts'

/** Why a transaction did not come to its end: Postgres or the connection, or something thrown on our side. */
export type Failure = { readonly postgres: Error } | { readonly ours: unknown }

export type Settle = (failure: Failure | null, results: readonly Rows[]) => void

const NOTHING: readonly Rows[] = []
/** ReadyForQuery's status outside any transaction block. */
const IDLE = 'I'

export class Session {
  readonly #client: PoolClient
  readonly #statements: PreparedStatements

  constructor(client: PoolClient, statements: PreparedStatements) {
    this.#client = client
    this.#statements = statements
  }

  /**
   * Sends the steps in one flush. Where Postgres does not have what we believe prepared, they are sent once more:
   * the transaction that failed has left nothing behind.
   */
  fly(steps: readonly Step[], settle: Settle): void {
    const outermost = this.#client.getTransactionStatus() === IDLE
    const flight = this.#launch(steps, settle, (error, results) => {
      if (error === null) return settle(null, results)
      if (!outermost || !this.#reconcile(error, steps, flight)) return settle({ postgres: error }, results)
      this.restore(null, (broken) => {
        if (broken !== undefined) return settle({ postgres: broken }, NOTHING)
        this.#launch(steps, settle, (again, second) => settle(again === null ? null : { postgres: again }, second))
      })
    })
  }

  /** Ends a transaction left open, so that nothing of it meets the next request; `broken` where that is impossible. */
  restore(failure: Failure | null, done: (broken?: Error) => void): void {
    if (failure !== null && 'postgres' in failure && endsSession(failure.postgres)) return done(failure.postgres)
    if (this.#client.getTransactionStatus() === IDLE) return done()
    this.#client.query(ROLLBACK, (error: Error | null | undefined) => done(error ?? undefined))
  }

  #launch(steps: readonly Step[], settle: Settle, landed: Landed): Flight | undefined {
    try {
      const flight = new Flight(steps, this.#statements, landed)
      this.#client.query(flight)
      return flight
    } catch (thrown) {
      settle({ ours: thrown }, NOTHING)
      return undefined
    }
  }

  #reconcile(error: Error, steps: readonly Step[], flight: Flight | undefined): boolean {
    const stale = staleness(error)
    const stopped = flight === undefined ? undefined : steps[flight.at]
    if (stale === null || stopped === undefined) return false
    if (stale === 'plan') this.#statements.forget(stopped.shape)
    else this.#statements.forgetAll()
    return true
  }
}
