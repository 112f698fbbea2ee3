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
  /** Waits for what is under way, then closes every connection. */
  close(): Promise<void>
}

export const DEFAULT_POOL_SIZE = 10
const ACQUIRE_TIMEOUT = 10_000
const IDLE_TIMEOUT = 30_000
const WAIT_TIMED_OUT = 'timeout exceeded when trying to connect'

/** Opens a pool; no connection is made before the first request. Refuses with `postgres.unreachable` and `postgres.pool-timeout`. */
export function openPool(options: PoolOptions): ConnectionPool {
  const size = options.size ?? DEFAULT_POOL_SIZE
  const acquireTimeout = options.acquireTimeout ?? ACQUIRE_TIMEOUT
  const pool = new Pool({
    ...driverConfig(options),
    max: size,
    connectionTimeoutMillis: acquireTimeout,
    idleTimeoutMillis: options.idleTimeout ?? IDLE_TIMEOUT,
  })
  // A connection that breaks while idle leaves the pool by itself; while in use, its request reports it.
  // Without a listener either would end the process.
  pool.on('error', ignore)
  pool.on('connect', (client) => client.on('error', ignore))
  return {
    acquire(acquired) {
      pool.connect((error, client, release) => {
        acquired(error === undefined ? null : refuseConnection(error, acquireTimeout), client, release)
      })
    },
    gauge: () => ({ size, open: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    close: () => pool.end(),
  }
}

/** Names why no connection was had: none came free in time, or none could be made. */
export function refuseConnection(error: Error, waited: number): Refusal {
  if (error.message === WAIT_TIMED_OUT) return new Refusal('postgres.pool-timeout', { waited }, { cause: error })
  return new Refusal('postgres.unreachable', { reason: reasonOf(error) }, { cause: error })
}

// A host with several addresses fails with an AggregateError whose own message is empty.
function reasonOf(error: Error): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(String).join('; ')
  return error.message
}

function ignore(): void {}
