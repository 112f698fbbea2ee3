// The Database port over a pool of connections: a transaction in, rows out, one round trip.
// A connection's state between transactions is session.ts' business, the bytes are flight.ts', the connections pool/'s.

import type { PoolClient } from 'pg'
import { Refusal } from '../../refusal/refusal.ts'
import { openPool } from '../pool/open-pool.ts'
import type { ConnectionPool, PoolGauge, PoolOptions } from '../pool/open-pool.ts'
import type { Database, Rows, Transaction } from '../statement.ts'
import { MOST_PARAMETERS } from './frontend-messages.ts'
import { PreparedStatements } from './prepared-statements.ts'
import { refuseError } from './refuse-error.ts'
import { Session } from './session.ts'
import type { Settle } from './session.ts'
import { Shapes } from './shapes.ts'
import { endSteps, openSteps, wholeSteps } from './steps.ts'

export interface DatabaseOptions extends PoolOptions {
  /**
   * Most statements one connection keeps prepared, 500 where absent. 0 prepares none, as a pooler in
   * transaction mode needs.
   */
  readonly preparedStatements?: number
}

/** The Database port with the lifetime of its connections. */
export interface OpenDatabase extends Database {
  gauge(): PoolGauge
  /** Leaves the connections of now behind; what runs on them is not disturbed. */
  renew(): void
  /** Waits for what is under way, then closes every connection. */
  close(): Promise<void>
}

const PREPARED_STATEMENTS = 500

/** Opens the port. Nothing is connected before the first transaction; the login role may be NOINHERIT. */
export function openDatabase(options: DatabaseOptions): OpenDatabase {
  return new PipelinedDatabase(openPool(options), options.preparedStatements ?? PREPARED_STATEMENTS)
}

class PipelinedDatabase implements OpenDatabase {
  readonly #pool: ConnectionPool
  readonly #limit: number
  readonly #shapes = new Shapes()
  readonly #sessions = new WeakMap<PoolClient, Session>()

  constructor(pool: ConnectionPool, limit: number) {
    this.#pool = pool
    this.#limit = limit
  }

  run(transaction: Transaction): Promise<readonly Rows[]> {
    return this.#withSession(transaction, (session, settle) => {
      session.fly(wholeSteps(transaction, this.#shapes), settle)
    })
  }

  async runThen<Decision>(transaction: Transaction, decide: (results: readonly Rows[]) => Decision): Promise<Decision> {
    let made: { readonly decision: Decision } | undefined
    await this.#withSession(transaction, (session, settle) => {
      session.fly(openSteps(transaction, this.#shapes), (failure, results) => {
        if (failure !== null) return settle(failure, results)
        try {
          made = { decision: decide(results) }
        } catch (thrown) {
          return settle({ ours: thrown }, results)
        }
        session.fly(endSteps(transaction, this.#shapes), settle)
      })
    })
    if (made === undefined) throw new Error('the transaction ended before its decision')
    return made.decision
  }

  gauge(): PoolGauge {
    return this.#pool.gauge()
  }

  renew(): void {
    this.#pool.renew()
  }

  close(): Promise<void> {
    return this.#pool.close()
  }

  #withSession(transaction: Transaction, work: (session: Session, settle: Settle) => void): Promise<readonly Rows[]> {
    return new Promise((resolve, reject) => {
      const tooMany = refuseParameters(transaction)
      if (tooMany !== null) return reject(tooMany)
      this.#pool.acquire((refusal, client, release) => {
        if (client === undefined) return reject(refusal)
        const session = this.#session(client)
        work(session, (failure, results) => {
          session.restore(failure, (broken) => {
            release(broken)
            if (failure === null) resolve(results)
            else reject('ours' in failure ? failure.ours : refuseError(failure.postgres, transaction.role))
          })
        })
      })
    })
  }

  #session(client: PoolClient): Session {
    let session = this.#sessions.get(client)
    if (session === undefined) {
      session = new Session(client, new PreparedStatements(this.#limit))
      this.#sessions.set(client, session)
    }
    return session
  }
}

function refuseParameters(transaction: Transaction): Refusal | null {
  for (const { values } of transaction.statements) {
    if (values.length <= MOST_PARAMETERS) continue
    const message = `a statement takes at most ${MOST_PARAMETERS} parameters, this one has ${values.length}`
    return new Refusal('postgres.error', {
      sqlstate: '54023',
      message,
      detail: null,
      hint: null,
      role: transaction.role,
    })
  }
  return null
}
