import { createTestDatabase, type TestDatabase } from '@tenon/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { openSessionLocks, type SessionLocks } from './session-locks.ts'

const PATIENCE = 30_000
const nobody = { onWanted: () => {}, patience: 0 }

let database: TestDatabase
const opened: SessionLocks[] = []

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(async () => {
  for (const locks of opened) await locks.close()
  await database.drop()
})

/** As another process would. */
function openProcess(): SessionLocks {
  const locks = openSessionLocks({ url: database.url(), channel: 'test_locks', applicationName: 'locks under test' })
  opened.push(locks)
  return locks
}

test('a lock is one holder’s in one process and over processes, and the next one’s after it', async () => {
  const [one, two] = [openProcess(), openProcess()]
  const release = await one.take('a', nobody)
  expect(release).not.toBeNull()
  expect([await one.take('a', nobody), await two.take('a', nobody)]).toEqual([null, null])
  const other = await two.take('b', nobody)
  expect(other).not.toBeNull()
  await release?.()
  const taken = await two.take('a', nobody)
  expect(taken).not.toBeNull()
  await taken?.()
  await other?.()
})

test('who holds it is asked to let go by whoever waits, in the same process and in another', async () => {
  const [one, two] = [openProcess(), openProcess()]
  for (const waiting of [one, two]) {
    const wanted = Promise.withResolvers<void>()
    const release = await one.take('c', { onWanted: wanted.resolve, patience: 0 })
    const next = waiting.take('c', { onWanted: () => {}, patience: PATIENCE })
    await wanted.promise
    await release?.()
    const taken = await next
    expect(taken).not.toBeNull()
    await taken?.()
  }
})

test('of many that want it at the same time each has it once, and never two together', async () => {
  const processes = [openProcess(), openProcess(), openProcess()]
  let [inside, most, turns] = [0, 0, 0]
  await Promise.all(
    Array.from({ length: 12 }, async (_, index) => {
      const release = await processes[index % 3]?.take('d', { onWanted: () => {}, patience: PATIENCE })
      inside += 1
      most = Math.max(most, inside)
      turns += 1
      await database.query('select 1')
      inside -= 1
      await release?.()
    }),
  )
  expect([most, turns]).toEqual([1, 12])
})

test('a waiting that is given up ends', async () => {
  const locks = openProcess()
  const release = await locks.take('e', nobody)
  const giveUp = new AbortController()
  const waiting = locks.take('e', { onWanted: () => giveUp.abort(), patience: PATIENCE, signal: giveUp.signal })
  giveUp.abort()
  expect(await waiting).toBeNull()
  await release?.()
})

test('a lock whose session ends is told so, is free for others, and may be taken again', async () => {
  const [one, two] = [openProcess(), openProcess()]
  const lost = Promise.withResolvers<void>()
  const release = await one.take('f', { onWanted: lost.resolve, patience: 0 })
  await database.query(
    `select pg_terminate_backend(pid) from pg_locks join pg_stat_activity using (pid)
     where locktype = 'advisory' and application_name = 'locks under test'`,
    'supabase_admin',
  )
  await lost.promise
  const taken = await two.take('f', { onWanted: () => {}, patience: PATIENCE })
  expect(taken).not.toBeNull()
  await release?.()
  expect(await one.take('f', nobody)).toBeNull()
  await taken?.()
  const again = await one.take('f', { onWanted: () => {}, patience: PATIENCE })
  expect(again).not.toBeNull()
  await again?.()
})

test('a Postgres that cannot be reached is told of as everywhere', async () => {
  // Nobody may listen there.
  const locks = openSessionLocks({ url: database.url(), port: 1, host: '127.0.0.1', channel: 'test_locks' })
  opened.push(locks)
  await expect(locks.take('h', nobody)).rejects.toMatchObject({ code: 'postgres.unreachable' })
})

test('a session that may not listen is ended, and is told of as Postgres tells it', async () => {
  // A channel has a name.
  const locks = openSessionLocks({ url: database.url(), channel: '', applicationName: 'locks that hear nothing' })
  opened.push(locks)
  await expect(locks.take('i', nobody)).rejects.toMatchObject({ code: 'postgres.error', detail: { sqlstate: '42601' } })
  const sessions = `select count(*)::int from pg_stat_activity where application_name = 'locks that hear nothing'`
  await expect
    .poll(async () => await database.query(sessions, 'supabase_admin'), { timeout: PATIENCE })
    .toEqual([{ count: 0 }])
})

test('locks that are closed give none', async () => {
  const locks = openProcess()
  await locks.close()
  await expect(locks.take('g', nobody)).rejects.toThrow('closed')
})
