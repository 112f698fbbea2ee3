// Counts the people third parties vouch for, per calendar month (UTC). Memory holds the hashes already known this
// month and those not yet written; what reaches the database is a keyed hash of issuer and subject.

import { createHmac } from 'node:crypto'
import type { Sql } from '../../database/sql.ts'
import type { Identity } from '../identity.ts'
import { countActiveUsers, insertActiveUsers, settleSalt } from './sql/active-users-sql.ts'

/** Runs one statement and gives its rows as objects of texts. */
export type RunSql = (
  text: Sql,
  values: readonly (string | readonly string[])[],
) => Promise<readonly Readonly<Record<string, string>>[]>

export interface MonthlyCount {
  /** `YYYY-MM`. */
  readonly month: string
  readonly issuer: string
  readonly users: number
}

export interface ActiveUserCounter {
  /** Notes that this third-party caller was here. Cheap, and never fails. */
  note(identity: Identity): void
  /** Writes what is new. Rejects with what the database said; the next flush tries again. */
  flush(): Promise<void>
  /** What the database counts, newest month first. Flushes before. */
  counts(): Promise<readonly MonthlyCount[]>
  /** People noted and not written yet. */
  pending(): number
}

interface CounterOptions {
  readonly run: RunSql
  /** Unix seconds. */
  readonly now: () => number
  readonly random: (size: number) => Uint8Array
}

interface Sighting {
  readonly month: string
  readonly issuer: string
  readonly subject: string
}

/** The most people held back while the database cannot be written to; later ones are noted when seen again. */
const maximumPending = 100_000

/** Starts counting; the installation's salt is settled with the first flush. */
export function createActiveUserCounter({ run, now, random }: CounterOptions): ActiveUserCounter {
  let month = ''
  let known = new Set<string>()
  let pending = new Map<string, Sighting>()
  let flushing: Promise<void> = Promise.resolve()
  let salt: string | null = null

  const write = async (): Promise<void> => {
    if (pending.size === 0) return
    salt ??= await agreeOnSalt(run, random)
    const batch = pending
    pending = new Map()
    try {
      for (const [of, sightings] of byMonth(batch.values())) await insert(run, of, sightings, salt)
    } catch (cause) {
      pending = new Map([...batch, ...pending])
      throw cause
    }
  }
  const counter: ActiveUserCounter = {
    note({ issuer, subject }) {
      if (issuer === null || subject === null || pending.size >= maximumPending) return
      const current = monthOf(now())
      if (current !== month) {
        month = current
        known = new Set()
      }
      const person = `${issuer}\0${subject}`
      if (known.has(person)) return
      known.add(person)
      pending.set(`${current}\0${person}`, { month: current, issuer, subject })
    },
    flush() {
      flushing = flushing.then(write, write)
      return flushing
    },
    async counts() {
      await counter.flush()
      const rows = await run(countActiveUsers, [])
      return rows.map((row) => ({
        month: row['month'] ?? '',
        issuer: row['issuer'] ?? '',
        users: Number(row['users']),
      }))
    },
    pending: () => pending.size,
  }
  return counter
}

function monthOf(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 7)}-01`
}

async function agreeOnSalt(run: RunSql, random: (size: number) => Uint8Array): Promise<string> {
  const rows = await run(settleSalt, [Buffer.from(random(32)).toString('hex')])
  const settled = rows[0]?.['salt']
  if (settled === undefined) throw new Error('the database keeps no salt for counting active users')
  return settled
}

function byMonth(sightings: Iterable<Sighting>): Map<string, Sighting[]> {
  return Map.groupBy(sightings, (sighting) => sighting.month)
}

async function insert(run: RunSql, month: string, sightings: readonly Sighting[], salt: string): Promise<void> {
  const key = Buffer.from(salt, 'hex')
  const hashes = sightings.map(({ issuer, subject }) =>
    createHmac('sha256', key).update(`${issuer}\0${subject}`).digest('hex'),
  )
  await run(insertActiveUsers, [month, hashes, sightings.map(({ issuer }) => issuer)])
}
