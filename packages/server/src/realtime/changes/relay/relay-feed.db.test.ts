import { createTestDatabase, type TestDatabase } from '@tenon/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { type CuttableProxy, startCuttableProxy } from '../../../database/pipeline/cuttable-proxy.test-support.ts'
import type { Bus } from '../../fanout/bus.ts'
import { createMemoryNetwork, type MemoryNetwork } from '../../fanout/contract/memory-network.test-support.ts'
import { createLocalBus } from '../../fanout/local-bus.ts'
import { openTestFeed, type TestFeed } from '../feed/testing/open-test-feed.test-support.ts'
import { type RelayedFeed, relayFeed } from './relay-feed.ts'
import type { RelayTimes } from './relay-times.ts'

/** A patience of four seconds in place of ten. */
const TIMES: RelayTimes = { beat: 200, silence: 4, patience: 20 }

interface Process {
  readonly bus: Bus
  readonly own: TestFeed
  readonly feed: RelayedFeed
  readonly way: CuttableProxy
  readonly heard: string[]
  readonly losses: string[]
}

let made: TestDatabase
let network: MemoryNetwork
const processes: Process[] = []

beforeEach(async () => {
  made = await createTestDatabase()
  network = createMemoryNetwork()
  await made.query(
    'create table tasks (id int primary key, title text); alter publication supabase_realtime add table tasks',
  )
})

afterEach(async () => {
  await Promise.all(processes.splice(0).map(end))
  await made.drop()
})

test('the changes that one process reads reach the others, in order and once', async () => {
  const [reader, ...followers] = await several(3)
  await made.query(
    "begin; insert into tasks values (1, 'a'), (2, 'b'); update tasks set title = 'c' where id = 1; commit",
  )
  await made.query('delete from tasks where id = 2')
  const lines = ['INSERT 1 a', 'INSERT 2 b', 'UPDATE 1 c', 'DELETE 2 ']
  for (const { heard } of [reader, ...followers]) await expect.poll(() => heard).toEqual(lines)
  expect([reader, ...followers].map(({ feed }) => feed.relay().part)).toEqual(['reader', 'follower', 'follower'])
  expect(followers[0]?.feed.state()).toEqual({ kind: 'live', by: 'peer' })
})

test('when the reader dies another takes the slot within five seconds, and nobody misses or repeats a change', async () => {
  const [reader, ...others] = await several(3)
  const written = writing(made, 300)
  await expect.poll(() => others.every(({ heard }) => heard.length > 100), { timeout: 10_000 }).toBe(true)
  const began = performance.now()
  network.kill(reader.bus)
  reader.way.stayCut()
  await expect.poll(() => others.some(({ feed }) => feed.relay().part === 'reader'), { timeout: 5000 }).toBe(true)
  console.log(`the slot was taken over after ${Math.round(performance.now() - began)} ms`)
  await written
  for (const { heard } of others) await expect.poll(() => heard.length, { timeout: 10_000 }).toBe(300)
  const lines = Array.from({ length: 300 }, (_, index) => `INSERT ${index} x`)
  for (const { heard, losses } of others) expect([heard, losses]).toEqual([lines, []])
})

test('a process that was cut off meanwhile says that it waits, and hears what it missed', async () => {
  const [, follower] = await several(2)
  network.cut(follower.bus)
  await expect.poll(() => follower.feed.state().kind).toBe('waiting')
  await writing(made, 50)
  expect(follower.heard).toEqual([])
  network.mend(follower.bus)
  await expect.poll(() => follower.heard.length, { timeout: 5000 }).toBe(50)
  expect([follower.losses, follower.feed.state()]).toEqual([[], { kind: 'live', by: 'peer' }])
})

test('the slot does not confirm what a live follower has not heard', async () => {
  const block = Promise.withResolvers<void>()
  const [reader] = await several(1)
  const logEnd = async (): Promise<string> =>
    String((await made.query('select pg_current_wal_lsn()::text as lsn'))[0]?.['lsn'])
  const confirms = async (lsn: string): Promise<unknown> =>
    (await made.query(`select confirmed_flush_lsn >= '${lsn}' as confirmed from pg_replication_slots`))[0]?.[
      'confirmed'
    ]
  await made.query("insert into tasks values (1, 'a')")
  const first = await logEnd()
  await expect.poll(async () => await confirms(first), { timeout: 15_000 }).toBe(true)
  await open(async () => await block.promise)
  await made.query("insert into tasks values (2, 'b')")
  await expect.poll(() => reader.heard).toEqual(['INSERT 1 a', 'INSERT 2 b'])
  const second = await logEnd()
  await made.query("insert into tasks values (3, 'c')")
  await expect.poll(() => reader.own.feed.position() > 0n && reader.heard.length).toBe(3)
  await expect.poll(() => reader.feed.relay().followers).toBe(1)
  expect(await confirms(second)).toBe(false)
  block.resolve()
  await expect.poll(async () => await confirms(second), { timeout: 5000 }).toBe(true)
})

test('a process that is alone has its own feed, and nothing is told to anybody', async () => {
  const own = openTestFeed(made)
  const feed = relayFeed({ own: own.feed, bus: createLocalBus(), keep: 1024, onFault: () => undefined })
  await feed.live()
  await made.query("insert into tasks values (1, 'a')")
  await own.until(() => own.lines().length === 1)
  expect([feed.relay().part, feed.state()]).toEqual(['alone', { kind: 'live', by: 'own-slot' }])
  await own.close()
})

async function several(count: number): Promise<[Process, Process, ...Process[]]> {
  for (let started = 0; started < count; started += 1) await open()
  return processes as [Process, Process, ...Process[]]
}

async function open(wait: () => Promise<void> = async () => undefined): Promise<Process> {
  const { host, port } = tcpAddress(made)
  const way = await startCuttableProxy(port, host)
  const bus = network.open()
  const own = openTestFeed(made, { port: way.port })
  const onFault = (error: unknown): void => void errors.push(error)
  const feed = relayFeed({ own: own.feed, bus, keep: 1024 * 1024, times: TIMES, onFault })
  const errors: unknown[] = []
  const process: Process = { bus, own, feed, way, heard: [], losses: [] }
  feed.listen(async ({ changes }) => {
    await wait()
    process.heard.push(
      ...changes.map(({ kind, record, oldRecord }) => [kind, ...(record ?? oldRecord ?? [])].join(' ')),
    )
  })
  feed.onLoss((reason) => process.losses.push(reason))
  processes.push(process)
  await feed.live()
  return process
}

async function end({ own, feed, way }: Process): Promise<void> {
  way.cut()
  await feed.close()
  await own.close()
  await way.close()
}

/** One transaction for each row, in order. */
async function writing(database: TestDatabase, rows: number): Promise<void> {
  const statements = Array.from({ length: rows }, (_, id) => `insert into tasks values (${id}, 'x'); commit; begin;`)
  await database.query(`begin; ${statements.join(' ')} commit`)
}

/** A Postgres that is reached by a Unix socket listens on this machine's own address as well. */
function tcpAddress(database: TestDatabase): { readonly host: string; readonly port: number } {
  const { host, port } = database.settings()
  return { host: host.startsWith('/') ? '127.0.0.1' : host, port }
}
