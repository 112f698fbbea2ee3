import { createTestDatabase, type TestDatabase } from '@tenon/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { openTestFeed, proxyTo } from '../testing/open-test-feed.test-support.ts'

let made: TestDatabase

beforeEach(async () => {
  made = await createTestDatabase()
  await made.query(`
    create table tasks (id int primary key, title text);
    alter publication supabase_realtime add table tasks`)
})

afterEach(async () => {
  await made.drop()
})

/** What an operator does, or a failover. */
async function endWalsender(): Promise<void> {
  await made.query(
    `select pg_terminate_backend(active_pid, 5000) from pg_replication_slots
     where database = current_database() and active_pid is not null`,
    'supabase_admin',
  )
}

/** Seconds, printed for the record, since a takeover has a bound. */
function tookOver(how: string, since: number): number {
  const took = (performance.now() - since) / 1000
  process.stdout.write(`takeover after ${how}: ${took.toFixed(2)} s\n`)
  return took
}

test('a feed whose walsender was ended goes on where it was', async () => {
  await using opened = openTestFeed(made)
  await opened.feed.live()
  await made.query(`insert into tasks values (1, 'before')`)
  await opened.until(() => opened.lines().length === 1)
  await endWalsender()
  await made.query(`insert into tasks values (2, 'meanwhile')`)
  await opened.until(() => opened.lines().length === 2)
  expect(opened.lines()).toEqual(['INSERT 1 before', 'INSERT 2 meanwhile'])
  expect(opened.losses).toEqual([])
  const states = opened.events.flatMap((event) => (event.kind === 'feed-state-changed' ? event.state.kind : []))
  expect(states).toEqual(['live', 'waiting', 'live'])
})

test('a chunk that is being heard while the connection breaks is neither lost nor told twice', async () => {
  const proxy = await proxyTo(made)
  let cuts = 0
  await using opened = openTestFeed(made, {
    port: proxy.port,
    hear: async ({ changes }) => {
      if (changes[0]?.index !== 256) return
      cuts += 1
      proxy.cut()
      await opened.state('waiting')
    },
  })
  await opened.feed.live()
  await made.query(`insert into tasks select n, 'a' from generate_series(1, 1000) n`)
  await opened.until(() => opened.lines().length >= 1000)
  expect(opened.lines()).toEqual(Array.from({ length: 1000 }, (_, index) => `INSERT ${index + 1} a`))
  expect(cuts).toBe(1)
  await proxy.close()
})

test('a second process waits and takes over within 5 seconds of the first one’s end, and nothing is lost', async () => {
  const first = openTestFeed(made)
  await first.feed.live()
  await using second = openTestFeed(made)
  const live = second.feed.live()
  await second.state('waiting')
  expect(second.feed.state()).toEqual({ kind: 'waiting', reason: 'Another process reads the log.' })
  await made.query(`insert into tasks values (1, 'first')`)
  await first.until(() => first.lines().length === 1)
  const since = performance.now()
  await first.close()
  await made.query(`insert into tasks values (2, 'second')`)
  await live
  expect(tookOver('a stop', since)).toBeLessThan(5)
  await second.until(() => second.lines().includes('INSERT 2 second'))
  expect(second.losses).toEqual([])
})

test('a second process takes over within 5 seconds of the first one’s falling silent, and the first one waits', async () => {
  const proxy = await proxyTo(made)
  await using first = openTestFeed(made, { port: proxy.port })
  await first.feed.live()
  await using second = openTestFeed(made)
  const live = second.feed.live()
  await second.state('waiting')
  const since = performance.now()
  proxy.stall()
  await made.query(`insert into tasks values (1, 'a')`)
  await live
  expect(tookOver('a hung connection', since)).toBeLessThan(5)
  await second.until(() => second.lines().length === 1)
  await first.state('waiting')
  proxy.mend()
  await first.until(() => first.events.some((event) => isReadElsewhere(event)))
  expect(first.lines()).toEqual([])
  await second.close()
  await first.state('live')
  await proxy.close()
})

function isReadElsewhere(event: object): boolean {
  return JSON.stringify(event).includes('Another process reads the log.')
}
