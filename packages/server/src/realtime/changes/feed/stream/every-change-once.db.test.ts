import { createTestDatabase, type TestDatabase } from '@tenon/testing'
import * as fc from 'fast-check'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'

import type { CuttableProxy } from '../../../../database/pipeline/cuttable-proxy.test-support.ts'
import type { Change, ChangeChunk } from '../../change.ts'
import { openTestFeed, proxyTo, type TestFeed } from '../testing/open-test-feed.test-support.ts'

let made: TestDatabase
let proxy: CuttableProxy

beforeAll(async () => {
  made = await createTestDatabase()
  proxy = await proxyTo(made)
  await made.query(`
    create table counter (n int primary key); insert into counter values (0);
    create table rows (id int generated always as identity primary key, n int, step int);
    alter publication supabase_realtime add table counter, rows`)
})

afterAll(async () => {
  await proxy.close()
  await made.drop()
})

/** A transaction takes the next number, under a lock that makes numbers follow commits, and writes so many rows. */
interface Written {
  readonly rows: number
  readonly commits: boolean
}

type Break = 'walsender ended' | 'connection cut' | 'stopped' | 'killed'

const transactions = fc.array(
  fc.record({ rows: fc.oneof(fc.nat(5), fc.constantFrom(255, 256, 700)), commits: fc.boolean() }),
  { minLength: 3, maxLength: 12 },
)
const breaks = fc.array(fc.constantFrom<Break[]>('walsender ended', 'connection cut', 'stopped', 'killed'), {
  minLength: 1,
  maxLength: 4,
})

async function write(session: Client, { rows, commits }: Written): Promise<void> {
  await session.query('begin')
  await session.query('update counter set n = n + 1')
  await session.query('insert into rows (n, step) select counter.n, step from counter, generate_series(1, $1) step', [
    rows,
  ])
  await session.query(commits ? 'commit' : 'rollback')
}

async function writeFrom(plans: readonly (readonly Written[])[]): Promise<void> {
  await Promise.all(
    plans.map(async (plan) => {
      const session = new Client(made.settings())
      await session.connect()
      for (const each of plan) await write(session, each)
      await session.end()
    }),
  )
}

/** One process after the other over the same slot, with what each heard. */
class Processes {
  readonly heard: ChangeChunk[][] = []
  #current: TestFeed | null = null

  async begin(): Promise<void> {
    const chunks: ChangeChunk[] = []
    this.heard.push(chunks)
    this.#current = openTestFeed(made, { port: proxy.port, hear: (chunk) => void chunks.push(chunk) })
    await this.#current.feed.live()
  }

  async suffer(what: Break): Promise<void> {
    if (what === 'walsender ended') return await endWalsender()
    if (what === 'connection cut') return proxy.cut()
    // Whoever is killed says no goodbye.
    if (what === 'killed') proxy.cut()
    await this.end()
    await this.begin()
  }

  async caughtUp(last: number): Promise<void> {
    await this.#current?.until(() => this.heard.flat().some((chunk) => chunk.changes.some((one) => counts(one, last))))
  }

  async end(): Promise<void> {
    await this.#current?.close()
  }
}

function counts({ relation, record }: Change, n: number): boolean {
  return relation.table === 'counter' && record?.[0] === `${n}`
}

async function endWalsender(): Promise<void> {
  await made.query(
    `select pg_terminate_backend(active_pid) from pg_replication_slots
     where database = current_database() and active_pid is not null`,
    'supabase_admin',
  )
}

/** Where a change stands in the log. */
function places(chunks: readonly ChangeChunk[]): readonly string[] {
  return chunks.flatMap(({ lsn, changes }) => changes.map(({ index }) => `${lsn}:${index}`))
}

function texts(chunks: readonly ChangeChunk[]): ReadonlyMap<string, string> {
  return new Map(
    chunks.flatMap(({ lsn, changes }) =>
      changes.map(
        ({ index, relation, record }) => [`${lsn}:${index}`, `${relation.table} ${record?.join(' ')}`] as const,
      ),
    ),
  )
}

/** What the tables say must have been told, in the order of the commits. */
async function committed(after: number, first: number): Promise<readonly string[]> {
  const rows = await made.query(`select id, n, step from rows where id > ${first} order by n, step`)
  const [counter] = await made.query('select n from counter')
  const numbers = Array.from({ length: Number(counter?.['n']) - after }, (_, index) => after + 1 + index)
  return numbers.flatMap((n) => [
    `counter ${n}`,
    ...rows.filter((row) => row['n'] === n).map((row) => `rows ${String(row['id'])} ${n} ${String(row['step'])}`),
  ])
}

test('whatever breaks, every committed row is told, once to each listener, in the order of the commits', async () => {
  await fc.assert(
    fc.asyncProperty(fc.tuple(transactions, transactions, transactions), breaks, async (plans, sufferings) => {
      const [before] = await made.query('select n, (select coalesce(max(id), 0) from rows) as id from counter')
      const [after, first] = [Number(before?.['n']), Number(before?.['id'])]
      const processes = new Processes()
      await processes.begin()
      const writing = writeFrom(plans)
      for (const suffering of sufferings) await processes.suffer(suffering)
      await writing
      await made.query('update counter set n = n + 1')
      const expected = await committed(after, first)
      await processes.caughtUp(after + expected.filter((line) => line.startsWith('counter')).length)
      await processes.end()
      for (const heard of processes.heard) expect(new Set(places(heard)).size).toBe(places(heard).length)
      for (const heard of processes.heard)
        expect(heard.map(({ lsn }) => lsn)).toEqual(heard.map(({ lsn }) => lsn).toSorted(byPlace))
      const all = texts(processes.heard.flat().toSorted((one, other) => byPlace(one.lsn, other.lsn)))
      // The last change of the round before may come again: it was being heard when that round ended.
      expect([...all.values()].filter((line) => line !== `counter ${after}`)).toEqual(expected)
    }),
    { numRuns: 12, endOnFailure: true },
  )
}, 120_000)

function byPlace(one: bigint, other: bigint): number {
  return Number(one - other)
}
