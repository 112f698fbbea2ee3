import { createTestDatabase, type TestDatabase } from '@tenon/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { parseLsn } from './slot/survey.ts'
import { openTestFeed } from './testing/open-test-feed.test-support.ts'

let made: TestDatabase

beforeEach(async () => {
  made = await createTestDatabase()
  await made.query(`
    create table tasks (id int primary key, title text, note text);
    alter publication supabase_realtime add table tasks`)
})

afterEach(async () => {
  await made.drop()
})

async function slots(): Promise<readonly Record<string, unknown>[]> {
  return await made.query(
    `select active, confirmed_flush_lsn::text as confirmed from pg_replication_slots where database = current_database()`,
  )
}

test('a change is heard once it is committed, with what the replica identity carries of the old row', async () => {
  await using opened = openTestFeed(made)
  await opened.feed.live()
  await made.query(`
    begin; insert into tasks values (1, 'a', null), (2, 'b', null); update tasks set title = 'c' where id = 1; commit;
    begin; insert into tasks values (9, 'never', null); rollback;
    update tasks set id = 3 where id = 1; delete from tasks where id = 2`)
  await opened.until(() => opened.lines().length === 5)
  expect(opened.lines()).toEqual(['INSERT 1 a ', 'INSERT 2 b ', 'UPDATE 1 c ', 'UPDATE 3 c ', 'DELETE 2  '])
  expect(opened.chunks.flatMap(({ changes }) => changes).map(({ oldRecord, index }) => [oldRecord, index])).toEqual([
    [null, 0],
    [null, 1],
    [null, 2],
    [['1', undefined, undefined], 0],
    [['2', undefined, undefined], 1],
  ])
  expect(opened.feed.state()).toEqual({ kind: 'live', by: 'own-slot' })
})

test('a value that is stored apart and did not change is filled in from a full old row, and missing otherwise', async () => {
  await using opened = openTestFeed(made)
  await opened.feed.live()
  await made.query(`
    alter table tasks alter note set storage external;
    insert into tasks values (1, 'a', repeat('x', 10000));
    update tasks set title = 'b';
    alter table tasks replica identity full;
    update tasks set title = 'c'`)
  await opened.until(() => opened.lines().length === 3)
  const updates = opened.chunks.flatMap(({ changes }) => changes).filter(({ kind }) => kind === 'UPDATE')
  expect(updates.map(({ record }) => record?.[2]?.length)).toEqual([undefined, 10_000])
  expect(updates.map(({ oldRecord }) => oldRecord?.[1])).toEqual([undefined, 'b'])
})

test('nobody asks, nothing is kept; once somebody has asked, nothing is missed while nobody reads', async () => {
  const first = openTestFeed(made)
  await first.state('idle')
  expect(await slots()).toEqual([])
  await first.feed.live()
  await first.close()
  expect(await slots()).toMatchObject([{ active: false }])
  await made.query(`insert into tasks values (1, 'meanwhile', null)`)
  await using second = openTestFeed(made)
  await second.until(() => second.lines().length === 1)
  expect(second.lines()).toEqual(['INSERT 1 meanwhile '])
})

test('what was heard by everybody does not come again, and what was not does', async () => {
  const first = openTestFeed(made, {
    hear: async (chunk) => {
      if (chunk.changes[0]?.record?.[0] === '2') await new Promise(() => undefined)
    },
  })
  await first.feed.live()
  await made.query(`insert into tasks values (1, 'heard', null)`)
  await first.until(() => first.lines().length === 1)
  await made.query(`insert into tasks values (2, 'unheard', null)`)
  await first.close()
  await using second = openTestFeed(made)
  await second.until(() => second.lines().length > 0)
  expect(second.lines()).toEqual(['INSERT 2 unheard '])
})

test('tables come into the publication and go without a new start', async () => {
  await using opened = openTestFeed(made)
  await opened.feed.live()
  await made.query(`
    create table notes (id int primary key); insert into notes values (1);
    alter publication supabase_realtime add table notes; insert into notes values (2);
    alter publication supabase_realtime drop table notes; insert into notes values (3);
    insert into tasks values (4, '', null)`)
  await opened.until(() => opened.lines().length === 2)
  expect(opened.lines()).toEqual(['INSERT 2', 'INSERT 4  '])
})

test('a change of the schema is told before the changes that follow it', async () => {
  await using opened = openTestFeed(made)
  await opened.feed.live()
  await made.query(`insert into tasks values (1, 'a', null)`)
  await made.query(`select pg_logical_emit_message(true, 'tenon.schema', '')`)
  await made.query(`select pg_logical_emit_message(true, 'else', '')`)
  await made.query(`
    begin; insert into tasks values (2, 'b', null); alter table tasks add done bool; insert into tasks values (3); commit`)
  await opened.until(() => opened.lines().length === 3)
  expect(opened.chunks.map(({ schemaChanged, changes }) => [schemaChanged, changes.length])).toEqual([
    [false, 1],
    [true, 0],
    [false, 1],
    [true, 1],
  ])
})

test('a large transaction comes in pieces, no faster than it is heard, and the connection is kept meanwhile', async () => {
  const { promise: held, resolve: release } = Promise.withResolvers<void>()
  let isFirst = true
  await using opened = openTestFeed(made, {
    hear: async () => {
      if (isFirst) await held
      isFirst = false
    },
  })
  await opened.feed.live()
  const states = (): number => opened.events.filter(({ kind }) => kind === 'feed-state-changed').length
  const statesBefore = states()
  await made.query(`insert into tasks select n, 'title', repeat('x', 200) from generate_series(1, 100000) n`)
  const [start] = await made.query('select now()::text as now')
  // Longer than Postgres waits for a walsender's peer.
  const isKept = async (): Promise<boolean> => {
    const [sender] = await made.query(
      `select reply_time > '${String(start?.['now'])}'::timestamptz + interval '4 seconds' as kept
       from pg_stat_replication join pg_replication_slots on active_pid = pid where database = current_database()`,
      'supabase_admin',
    )
    return sender?.['kept'] === true
  }
  await expect.poll(isKept, { timeout: 10_000 }).toBe(true)
  expect(opened.feed.figures().changes).toBe(256)
  expect(await slots()).toMatchObject([{ active: true }])
  release()
  await opened.until(() => opened.feed.figures().changes === 100_000 && opened.chunks.length >= 391)
  expect(Math.max(...opened.chunks.map(({ changes }) => changes.length))).toBe(256)
  expect(new Set(opened.chunks.map(({ lsn }) => lsn)).size).toBe(1)
  expect(
    opened.chunks.flatMap(({ changes }) => changes).every(({ index, record }) => record?.[0] === `${index + 1}`),
  ).toBe(true)
  expect(states()).toBe(statesBefore)
})

test('Postgres keeps nothing for a feed that hears nothing, however much is written elsewhere', async () => {
  await using opened = openTestFeed(made)
  await opened.feed.live()
  await made.query('create table elsewhere (id int); insert into elsewhere select generate_series(1, 10000)')
  const [end] = await made.query('select pg_current_wal_lsn()::text as lsn')
  const isConfirmed = async (): Promise<boolean> => {
    const [slot] = await slots()
    return parseLsn(String(slot?.['confirmed'])) >= parseLsn(String(end?.['lsn']))
  }
  await expect.poll(isConfirmed, { timeout: 10_000 }).toBe(true)
})

test('a listener that throws is reported, and the others hear on', async () => {
  await using opened = openTestFeed(made)
  opened.feed.listen(() => {
    throw new Error('at once')
  })
  const stop = opened.feed.listen(async () => await Promise.reject(new Error('later')))
  await opened.feed.live()
  await made.query(`insert into tasks values (1, 'a', null)`)
  await opened.until(() => opened.lines().length === 1)
  stop()
  await made.query(`insert into tasks values (2, 'b', null)`)
  await opened.until(() => opened.lines().length === 2)
  expect(opened.events.filter(({ kind }) => kind === 'listener-failed')).toEqual([
    { kind: 'listener-failed', error: new Error('at once') },
    { kind: 'listener-failed', error: new Error('later') },
    { kind: 'listener-failed', error: new Error('at once') },
  ])
})
