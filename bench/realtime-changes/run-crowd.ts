// One measurement: a crowd listens while rows are written, until the last socket has heard of the last row.

import type { Client } from 'pg'

import { processorTime } from '../conditions/process-cpu.ts'
import type { Audience } from './audience-process.ts'
import { type Crowd, ORGANISATIONS } from './crowds.ts'

export interface Bench {
  readonly url: string
  readonly database: Client
  /** Of the server. */
  readonly pid: number
  readonly audience: Audience
}

export interface Run {
  readonly changesPerSecond: number
  /** Of the server's process, in milliseconds. */
  readonly processorEach: number
  readonly lost: number
}

/** Rows of one transaction. */
const ROWS_EACH = 20

/** As fast as Postgres takes them: what is measured is the server, which is behind. */
export async function writeAll(bench: Bench, crowd: Crowd, changes: number): Promise<Run> {
  const users = crowd.subscribers.length
  const before = processorTime(bench.pid) ?? Number.NaN
  const startedAt = performance.now()
  const heard = bench.audience.hear(changes * crowd.deliveriesEach)
  await bench.database.query('call public.write_changes($1, $2, $3, $4, $5)', [
    crowd.table,
    changes / ROWS_EACH,
    ROWS_EACH,
    users,
    ORGANISATIONS,
  ])
  const { deliveries } = await heard
  const seconds = (performance.now() - startedAt) / 1000
  const used = (processorTime(bench.pid) ?? Number.NaN) - before
  return {
    changesPerSecond: changes / seconds,
    processorEach: (used * 1000) / changes,
    lost: changes * crowd.deliveriesEach - deliveries,
  }
}

/** So many a second, each row on its own where the rate allows, for so many seconds. */
export async function writePaced(
  bench: Bench,
  crowd: Crowd,
  perSecond: number,
  seconds: number,
): Promise<{ p50: number; p95: number }> {
  const startedAt = performance.now()
  const every = Math.max(1, Math.round(perSecond / MOST_TRANSACTIONS))
  let written = 0
  const total = Math.floor((perSecond * seconds) / every) * every
  const heard = bench.audience.hear(total * crowd.deliveriesEach)
  while (written < total) {
    const due = Math.min(total, Math.floor(((performance.now() - startedAt) / 1000) * perSecond))
    for (; written + every <= due; written += every) {
      await bench.database.query('call public.write_changes($1, 1, $2, $3, $4)', [
        crowd.table,
        every,
        crowd.subscribers.length,
        ORGANISATIONS,
      ])
    }
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  const { p50, p95 } = await heard
  return { p50, p95 }
}

/** A second, from one connection that waits for each. */
const MOST_TRANSACTIONS = 300
