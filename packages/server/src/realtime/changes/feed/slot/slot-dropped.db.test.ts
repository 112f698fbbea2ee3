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

/** Publications belong to whoever made them, which on a given cluster is not role `postgres`. */
async function asAdmin(text: string): Promise<void> {
  await made.query(text, 'supabase_admin')
}

test('a slot that was dropped by hand is made again, and whoever listens is told of the loss', async () => {
  const proxy = await proxyTo(made)
  await using opened = openTestFeed(made, { port: proxy.port })
  await opened.feed.live()
  proxy.stayCut()
  await expect.poll(dropSlot, { timeout: 5000 }).toBe(true)
  await made.query(`insert into tasks values (1, 'lost')`)
  proxy.mend()
  await opened.until(() => opened.losses.length > 0 && opened.feed.state().kind === 'live')
  expect(opened.losses).toEqual([expect.stringMatching(/^the replication slot tenon_test_\d+ was dropped$/)])
  expect(opened.feed.figures().losses).toBe(1)
  await made.query(`insert into tasks values (2, 'heard')`)
  await opened.until(() => opened.lines().length > 0)
  expect(opened.lines()).toEqual(['INSERT 2 heard'])
  await proxy.close()
})

async function dropSlot(): Promise<boolean> {
  const dropped = await made.query(
    `select pg_drop_replication_slot(slot_name) from pg_replication_slots
     where database = current_database() and not active`,
    'supabase_admin',
  )
  return dropped.length === 1
}

test('without a publication there is no feed, the grant is named, and asking again finds a new one', async () => {
  await asAdmin('drop publication supabase_realtime, supabase_realtime_messages_publication')
  await using opened = openTestFeed(made)
  await expect(opened.feed.live()).rejects.toMatchObject({
    code: 'realtime.feed-unavailable',
    detail: {
      reason: 'There is no publication that says which tables are announced.',
      grant: 'create publication "supabase_realtime";',
    },
    fix: 'create publication "supabase_realtime";',
  })
  expect(opened.feed.state().kind).toBe('unavailable')
  await expect(opened.feed.live()).rejects.toMatchObject({ code: 'realtime.feed-unavailable' })
  await asAdmin('create publication supabase_realtime for table tasks')
  const isLive = async (): Promise<boolean> =>
    await opened.feed.live().then(
      () => true,
      () => false,
    )
  await expect.poll(isLive, { timeout: 10_000 }).toBe(true)
})

test('a role that may not replicate is told so, with the grant', async () => {
  const user = `plain_${made.name.slice(-8)}`
  await made.query(`create role ${user} login password 'plain'`, 'supabase_admin')
  await using opened = openTestFeed(made, { login: { user, password: 'plain' } })
  await expect(opened.feed.live()).rejects.toMatchObject({
    code: 'realtime.feed-unavailable',
    detail: {
      reason: expect.stringMatching(new RegExp(`^Role ${user} may not read the log: `)),
      grant: `alter role "${user}" replication;`,
    },
  })
  await made.query(`drop role ${user}`, 'supabase_admin')
})

test('a publication that comes while the feed is live is streamed as well', async () => {
  await made.query('create table others (id int primary key)')
  await asAdmin('drop publication supabase_realtime_messages_publication')
  await using opened = openTestFeed(made)
  await opened.feed.live()
  await asAdmin('create publication supabase_realtime_messages_publication for table others')
  await made.query(`select pg_logical_emit_message(true, 'tenon.schema', '')`)
  await opened.state('waiting')
  await made.query(`insert into others values (1)`)
  await opened.until(() => opened.lines().length === 1)
  expect(opened.losses).toEqual([])
})

/** Before Postgres 18, what was written without a publication cannot be read with one, and is told as a loss. */
test('a feed whose publication was dropped and made again goes on', async () => {
  await using opened = openTestFeed(made)
  await opened.feed.live()
  await made.query(`insert into tasks values (1, 'before')`)
  await opened.until(() => opened.lines().length === 1)
  await asAdmin(`
    drop publication supabase_realtime; insert into tasks values (2, 'between');
    create publication supabase_realtime for table tasks; insert into tasks values (3, 'after')`)
  const goesOn = async (): Promise<boolean> => {
    await made.query(`insert into tasks select max(id) + 1, 'later' from tasks`)
    return opened.lines().some((line) => line.endsWith('later'))
  }
  await expect.poll(goesOn, { timeout: 10_000 }).toBe(true)
  expect(opened.lines()[0]).toBe('INSERT 1 before')
  expect(opened.lines()).not.toContain('INSERT 2 between')
  expect(opened.lines().includes('INSERT 3 after') || opened.losses.length === 1).toBe(true)
})
