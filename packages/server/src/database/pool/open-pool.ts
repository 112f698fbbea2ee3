// The connections requests share. In charge of handing one out, waiting for one, and dropping broken ones;
// what is said over a connection is pipeline/'s business.

import { Pool } from 'pg'
import type { PoolClient } from 'pg'
import { Refusal } from '../../refusal/refusal.ts'
import { driverConfig } from './connection-options.ts'
import type { ConnectionOptions } from './connection-options.ts'

export interface PoolOptions extends ConnectionOptions {
  /** Most connections at once. */
  readonly size?: number
  /** Longest wait for a connection, a new one or one to come free. Milliseconds. */
  readonly acquireTimeout?: number
  /** An unused connection is given up after this long. Milliseconds; 0 keeps it. */
  readonly idleTimeout?: number
  /** A connection is replaced after this long, however busy it was. Milliseconds; 0 or absent keeps it. */
  readonly lifetime?: number
}

/** How full the pool is at this moment. */
export interface PoolGauge {
  readonly size: number
  readonly open: number
  readonly idle: number
  readonly waiting: number
}

/** Gives the connection back; a reason destroys it instead. */
export type Release = (broken?: Error) => void

/** Either a connection and how to give it back, or why there is none. */
export type Acquired = (refusal: Refusal | null, client: PoolClient | undefined, release: Release) => void

export interface ConnectionPool {
  acquire(acquired: Acquired): void
  gauge(): PoolGauge
  /** Gives no connection out again that is open by now: what is set for the role counts for new ones only. */
  renew(): void
  /** Waits for what is under way, then closes every connection. */
  close(): Promise<void>
}

export const DEFAULT_POOL_SIZE = 10
const ACQUIRE_TIMEOUT = 10_000
const IDLE_TIMEOUT = 30_000

/** Opens a pool; no connection is made before the first request. Refuses with `postgres.unreachable` and `postgres.pool-timeout`. */
export function openPool(options: PoolOptions): ConnectionPool {
  return new LendingPool(options)
}

interface Lent {
  readonly client: PoolClient
  /** Lends the connection no more and closes it. */
  readonly discard: (reason: Error | boolean) => void
  readonly openedAt: number
  idleSince: number
  broken: boolean
}

interface Waiter {
  readonly acquired: Acquired
  readonly deadline: number
}

/**
 * Lends the driver's pooled connections and keeps those that come back, because the driver sets two timers for each
 * loan: here one timer watches the longest waiting request, and one the connections nobody uses.
 */
class LendingPool implements ConnectionPool {
  readonly #pool: Pool
  readonly #size: number
  readonly #acquireTimeout: number
  readonly #lifetime: number
  readonly #idle: Lent[] = []
  readonly #waiting: Waiter[] = []
  readonly #sweep: NodeJS.Timeout | undefined
  #watch: NodeJS.Timeout | undefined
  #open = 0
  #renewedAt = 0
  #closing = false

  constructor(options: PoolOptions) {
    this.#size = options.size ?? DEFAULT_POOL_SIZE
    this.#acquireTimeout = options.acquireTimeout ?? ACQUIRE_TIMEOUT
    this.#lifetime = options.lifetime ?? 0
    this.#pool = new Pool({
      ...driverConfig(options),
      max: this.#size,
      connectionTimeoutMillis: this.#acquireTimeout,
      idleTimeoutMillis: 0,
    })
    this.#pool.on('error', ignore)
    const idleTimeout = options.idleTimeout ?? IDLE_TIMEOUT
    if (idleTimeout > 0) this.#sweep = setInterval(() => this.#closeIdle(idleTimeout), idleTimeout / 2).unref()
  }

  acquire(acquired: Acquired): void {
    const lent = this.#idle.pop()
    if (lent !== undefined) return this.#lend(lent, acquired)
    if (this.#open < this.#size) return this.#connect(acquired)
    this.#waiting.push({ acquired, deadline: performance.now() + this.#acquireTimeout })
    this.#watchWaiting()
  }

  gauge(): PoolGauge {
    return { size: this.#size, open: this.#open, idle: this.#idle.length, waiting: this.#waiting.length }
  }

  renew(): void {
    this.#renewedAt = performance.now()
    for (const lent of this.#idle.splice(0)) this.#discard(lent, true)
  }

  async close(): Promise<void> {
    this.#closing = true
    clearInterval(this.#sweep)
    for (const lent of this.#idle.splice(0)) this.#discard(lent, true)
    await this.#pool.end()
  }

  #connect(acquired: Acquired): void {
    this.#open++
    this.#pool.connect((error, client, discard) => {
      if (client === undefined) {
        this.#open--
        acquired(refuseConnection(error ?? new Error('no connection')), undefined, ignore)
        return this.#serveWaiting()
      }
      const lent: Lent = { client, discard, openedAt: performance.now(), idleSince: 0, broken: false }
      // While it is in use, the request that uses it reports what happened; without a listener it would end the process.
      client.on('error', () => this.#noticeBroken(lent))
      client.on('end', () => this.#noticeBroken(lent))
      this.#lend(lent, acquired)
    })
  }

  #lend(lent: Lent, acquired: Acquired): void {
    acquired(null, lent.client, (broken) => this.#takeBack(lent, broken))
  }

  #takeBack(lent: Lent, broken: Error | undefined): void {
    if (broken !== undefined || lent.broken || this.#isOutdated(lent)) {
      this.#discard(lent, broken ?? true)
      return this.#serveWaiting()
    }
    const next = this.#waiting.shift()
    if (next !== undefined) return this.#lend(lent, next.acquired)
    if (this.#closing) return this.#discard(lent, true)
    lent.idleSince = performance.now()
    this.#idle.push(lent)
  }

  #isOutdated({ openedAt }: Lent): boolean {
    return openedAt < this.#renewedAt || (this.#lifetime > 0 && performance.now() - openedAt > this.#lifetime)
  }

  #noticeBroken(lent: Lent): void {
    lent.broken = true
    const at = this.#idle.indexOf(lent)
    if (at === -1) return
    this.#idle.splice(at, 1)
    this.#discard(lent, true)
  }

  #discard(lent: Lent, reason: Error | boolean): void {
    this.#open--
    lent.discard(reason)
  }

  #serveWaiting(): void {
    while (this.#open < this.#size) {
      const next = this.#waiting.shift()
      if (next === undefined) return
      this.#connect(next.acquired)
    }
  }

  #watchWaiting(): void {
    const [first] = this.#waiting
    if (first === undefined || this.#watch !== undefined || this.#acquireTimeout === 0) return
    this.#watch = setTimeout(() => {
      this.#watch = undefined
      this.#refuseOverdue()
      this.#watchWaiting()
    }, first.deadline - performance.now())
  }

  #refuseOverdue(): void {
    const now = performance.now()
    const overdue = this.#waiting.findIndex(({ deadline }) => deadline > now)
    const waited = this.#acquireTimeout
    for (const { acquired } of this.#waiting.splice(0, overdue === -1 ? this.#waiting.length : overdue)) {
      acquired(new Refusal('postgres.pool-timeout', { waited }), undefined, ignore)
    }
  }

  #closeIdle(idleTimeout: number): void {
    const now = performance.now()
    while (this.#idle[0] !== undefined && now - this.#idle[0].idleSince >= idleTimeout) {
      const [oldest] = this.#idle.splice(0, 1)
      if (oldest !== undefined) this.#discard(oldest, true)
    }
  }
}

/** What is said where no connection could be made. */
export function refuseConnection(error: Error): Refusal {
  return new Refusal('postgres.unreachable', { reason: reasonOf(error) }, { cause: error })
}

// A host with several addresses fails with an AggregateError whose own message is empty.
function reasonOf(error: Error): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(String).join('; ')
  return error.message
}

function ignore(): void {}
