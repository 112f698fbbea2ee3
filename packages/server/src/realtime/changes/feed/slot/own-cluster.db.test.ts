// What happens to Postgres itself, on one that other tests do not share.

import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { sendSignal } from '@tenon/testing'
import { Client } from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import { startEmbedded } from '../../../../database/engines/embedded/start-embedded.ts'
import type { ConnectionSettings, Engine } from '../../../../database/engines/engine.ts'
import { openTestFeed, type TestFeed } from '../testing/open-test-feed.test-support.ts'

let folder: string
let cluster: Engine

const here = { settings: (): ConnectionSettings => ({ ...cluster.adminConnection(), host: '127.0.0.1' }) }

async function start(port: number): Promise<Engine> {
  return await startEmbedded({ folder: join(folder, 'postgres'), port, durable: false })
}

async function restart(): Promise<void> {
  const { port } = cluster.status()
  await cluster.stop()
  cluster = await start(port)
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tenon-feed-'))
  chmodSync(folder, 0o755)
  cluster = await start(0)
  await query(
    'create table tasks (id int primary key, title text); create publication supabase_realtime for table tasks',
  )
})

afterAll(async () => {
  const { folder: data } = cluster.status()
  await cluster.stop()
  if (data !== null && !data.startsWith(folder)) rmSync(dirname(data), { recursive: true, force: true })
  rmSync(folder, { recursive: true, force: true })
})

beforeEach(async () => {
  await query('truncate tasks; select pg_drop_replication_slot(slot_name) from pg_replication_slots')
})

/** One statement after the other; a last row. */
async function query(text: string): Promise<Record<string, unknown> | undefined> {
  const client = new Client(here.settings())
  await client.connect()
  let last: Record<string, unknown> | undefined
  for (const statement of text.split(';')) last = (await client.query<Record<string, unknown>>(statement)).rows[0]
  await client.end()
  return last
}

async function hears(opened: TestFeed, id: number): Promise<void> {
  await query(`insert into tasks values (${id}, 'a')`)
  await opened.until(() => opened.lines().includes(`INSERT ${id} a`))
}

/** Who asks again within a second gets the answer from before. */
async function becomesLive({ feed }: TestFeed): Promise<void> {
  const isLive = async (): Promise<boolean> =>
    await feed.live().then(
      () => true,
      () => false,
    )
  await expect.poll(isLive, { timeout: 10_000 }).toBe(true)
}

test('a feed waits while Postgres restarts, which it does not hold up, and goes on where it was', async () => {
  await using opened = openTestFeed(here)
  await opened.feed.live()
  await hears(opened, 1)
  const since = performance.now()
  const restarting = restart()
  await opened.state('waiting')
  await restarting
  expect(performance.now() - since).toBeLessThan(10_000)
  await hears(opened, 2)
  expect(opened.lines()).toEqual(['INSERT 1 a', 'INSERT 2 a'])
  expect(opened.losses).toEqual([])
})

test('a feed goes on after a crash of Postgres', async () => {
  await using opened = openTestFeed(here)
  await opened.feed.live()
  await hears(opened, 1)
  const sender = await query('select active_pid as pid from pg_replication_slots where active')
  sendSignal(Number(sender?.['pid']), 'SIGKILL')
  await opened.state('waiting')
  await opened.state('live')
  await hears(opened, 2)
  expect(opened.lines()).toEqual(['INSERT 1 a', 'INSERT 2 a'])
  expect(opened.losses).toEqual([])
})

test('a slot that held back more than it may is made anew, and whoever listens is told', async () => {
  await query(`alter system set max_slot_wal_keep_size = '16MB'; select pg_reload_conf()`)
  const first = openTestFeed(here)
  await first.feed.live()
  await first.close()
  const isLost = async (): Promise<boolean> => {
    await query(`
      insert into tasks select coalesce(max(id), 0) + n, repeat('x', 500) from tasks, generate_series(1, 20000) n group by n;
      select pg_switch_wal(); checkpoint`)
    return (await query('select wal_status from pg_replication_slots'))?.['wal_status'] === 'lost'
  }
  await expect.poll(isLost, { timeout: 20_000, interval: 10 }).toBe(true)
  await using second = openTestFeed(here)
  await second.until(() => second.losses.length > 0)
  expect(second.losses).toEqual([expect.stringContaining('held back more of the log than max_slot_wal_keep_size')])
  await second.state('live')
  await hears(second, -1)
  expect(second.lines()).toEqual(['INSERT -1 a'])
  await query('alter system reset max_slot_wal_keep_size; select pg_reload_conf()')
})

test('a feed that lags behind says so before the slot is lost, and an unbounded slot is reported with the remedy', async () => {
  await query(`alter system set max_slot_wal_keep_size = '-1'; select pg_reload_conf()`)
  const { promise: held, resolve: release } = Promise.withResolvers<void>()
  await using opened = openTestFeed(here, { hear: async () => await held, walKeepBytes: 8 * 1024 ** 2 })
  await opened.feed.live()
  // A change of the schema makes the feed look at once.
  await query(`
    begin; select pg_logical_emit_message(true, 'tenon.schema', '');
    insert into tasks select n, repeat('x', 500) from generate_series(1, 20000) n; commit`)
  await opened.until(() => opened.events.some(({ kind }) => kind === 'wal-held'))
  expect(opened.events).toContainEqual({
    kind: 'wal-unbounded',
    slot: expect.stringMatching(/^tenon_test_\d+$/),
    remedy: "alter system set max_slot_wal_keep_size = '8MB'; select pg_reload_conf();",
  })
  expect(opened.feed.figures().walHeld).toBeGreaterThan(4 * 1024 ** 2)
  release()
  await query('alter system reset max_slot_wal_keep_size; select pg_reload_conf()')
})

test('where no replication slot is left, the limit is named, and asking again finds one that came free', async () => {
  await query(`
    select pg_create_logical_replication_slot('taken_' || n, 'pgoutput') from generate_series(1, 10) n`)
  await using opened = openTestFeed(here)
  await expect(opened.feed.live()).rejects.toMatchObject({
    code: 'realtime.feed-unavailable',
    detail: {
      reason: expect.stringContaining('Postgres has no replication slot left'),
      grant: expect.stringContaining('alter system set max_replication_slots'),
    },
  })
  await query(`select pg_drop_replication_slot('taken_1')`)
  await becomesLive(opened)
})

test('a Postgres that does not decode its log is told to', async () => {
  await query(`alter system set wal_level = 'replica'`)
  await restart()
  await using opened = openTestFeed(here)
  await expect(opened.feed.live()).rejects.toMatchObject({
    code: 'realtime.feed-unavailable',
    detail: {
      reason: 'Postgres does not decode its log: wal_level is replica.',
      grant: "alter system set wal_level = 'logical'; -- and restart Postgres",
    },
  })
  await query('alter system reset wal_level')
  await restart()
  await becomesLive(opened)
  await hears(opened, 1)
})
