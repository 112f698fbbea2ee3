import { setTimeout as pause } from 'node:timers/promises'

import { sendSignal } from '@tenon/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { freePorts, projectFolder, type RunningStack, startStack } from '../../conformance/running-stack.ts'
import { eventually, postmasterOf } from '../postmaster.ts'
import { tally } from './tally.ts'
import { tokenFor } from './tokens.ts'
import { type Watcher, watchTasks } from './watcher.ts'
import { writeTasks } from './writer.ts'

const users = ['user_ann', 'user_bob'] as const
const nothing = { lost: [], leaked: [] }

/** Seconds that a channel outlives its token, and at most until it is looked at. */
const GRACE = 1
const LOOK = 1.5

let stack: RunningStack
let start: () => Promise<RunningStack>

beforeAll(async () => {
  const folder = projectFolder({
    'supabase/migrations/20260401000000_live.sql': 'alter publication supabase_realtime add table tasks;',
    'supabase/config.toml': `[realtime]\ntoken_grace = ${GRACE}\n`,
  })
  const [api, db] = await freePorts(2)
  // Clients come back to the address that they know.
  const args = ['--api-port', `${api}`, '--db-port', `${db}`]
  start = async () => await startStack({ folder, args })
  stack = await start()
})

afterAll(async () => await stack[Symbol.asyncDispose]())

test('tokens that end under load: whoever renews hers loses nothing, whoever does not gets nothing more', async () => {
  const secret = stack.line('JWT_SECRET')
  const renew = async (watchers: readonly Watcher[]): Promise<unknown> =>
    await Promise.all(watchers.map(async (watcher) => await watcher.renew(await tokenFor(secret, watcher.user, 3))))
  const people = Array.from({ length: 5 }, (_, index) => ({ stays: `user_stays_${index}`, ends: `user_ends_${index}` }))
  const staying = await watch(people.map(({ stays }) => stays))
  const ending = await watch(people.map(({ ends: user }) => user))
  const ends = Date.now() + 3000
  await renew([...staying, ...ending])
  const writer = writeTasks(
    stack.line('DB_URL'),
    people.flatMap(({ stays, ends: user }) => [stays, user]),
  )
  for (let renewed = 0; renewed < 5; renewed += 1) {
    await pause(1500)
    await renew(staying)
  }
  await writer.stop()
  const over = ends + (1 + GRACE + LOOK) * 1000
  const late = new Set(writer.written.filter(({ at }) => at > over).map(({ id }) => id))
  const tooLate = ending.flatMap(({ user, seen }) =>
    [...seen].filter((id) => late.has(id)).map((id) => `${user} ${id}`),
  )
  const due = writer.written.filter(({ user, at }) => !user.startsWith('user_ends') || at < ends - 500)
  expect(late.size).toBeGreaterThan(50)
  expect(await tally('tokens that end', { stack, watchers: [...staying, ...ending], written: due, tooLate })).toEqual(
    nothing,
  )
  expect(ending.every(({ said }) => said.some((words) => /token has expired/i.test(words)))).toBe(true)
  await leave([...staying, ...ending])
})

test('Postgres is killed under writes: whoever listens hears what was committed before and after', async () => {
  const watchers = await watch(users)
  const writer = writeTasks(stack.line('DB_URL'), users)
  await eventually(10_000, async () => writer.written.length > 100)
  sendSignal(await postmasterOf(stack.line('DB_URL')), 'SIGKILL')
  const before = writer.written.length
  await eventually(20_000, async () => writer.written.length > before + 100)
  await writer.stop()
  expect(await tally('Postgres is killed', { stack, watchers, written: writer.written })).toEqual(nothing)
  await leave(watchers)
})

test('the server is killed under writes: clients come back with `since` and miss nothing', async () => {
  const watchers = await watch(users)
  const writer = writeTasks(stack.line('DB_URL'), users)
  await eventually(10_000, async () => writer.written.length > 100)
  const ended = new Promise((done) => stack.process.once('exit', done))
  stack.process.kill('SIGKILL')
  await ended
  const before = writer.written.length
  stack = await start()
  await eventually(20_000, async () => writer.written.length > before + 100)
  await writer.stop()
  expect(await tally('the server is killed', { stack, watchers, written: writer.written })).toEqual(nothing)
  await leave(watchers)
})

async function watch(people: readonly string[]): Promise<readonly Watcher[]> {
  return await Promise.all(people.map(async (user) => await watchTasks(stack, user)))
}

async function leave(watchers: readonly Watcher[]): Promise<void> {
  await Promise.all(watchers.map(async (watcher) => await watcher[Symbol.asyncDispose]()))
}
