import { setTimeout as pause } from 'node:timers/promises'

import { afterAll, beforeAll, expect, test } from 'vitest'

import { enterLobby } from '../../conformance/realtime/processes/enter-lobby.ts'
import {
  type RunningProcess,
  type RunningProcesses,
  startProcesses,
} from '../../conformance/realtime/processes/running-processes.ts'
import { eventually } from '../postmaster.ts'
import { tally } from './tally.ts'
import { watchTasks } from './watcher.ts'
import { writeTasks } from './writer.ts'

const users = ['user_ann', 'user_bob'] as const
const nothing = { lost: [], leaked: [] }

let all: RunningProcesses
let reader: RunningProcess
let follower: RunningProcess

beforeAll(async () => {
  all = await startProcesses({
    count: 2,
    files: { 'supabase/migrations/20260401000000_live.sql': 'alter publication supabase_realtime add table tasks;' },
  })
  ;[reader, follower] = all.processes as [RunningProcess, RunningProcess]
})

afterAll(async () => await all[Symbol.asyncDispose]())

test('NATS is cut under broadcast, presence and changes: what was missed comes, who is there is there again', async () => {
  const watchers = [
    ...(await Promise.all(users.map(async (user) => await watchTasks(reader.stack, user)))),
    ...(await Promise.all(users.map(async (user) => await watchTasks(follower.stack, user)))),
  ]
  const guests = await Promise.all([enterLobby(reader.stack, 'here'), enterLobby(follower.stack, 'there')])
  const here = (): readonly string[] => guests.map((guest) => guest.present())
  await expect.poll(here, { timeout: 5000 }).toEqual(['here,there', 'here,there'])
  const writer = writeTasks(all.databaseUrl, users)
  await eventually(10_000, async () => writer.written.length > 50)
  follower.nats.stayCut()
  await expect.poll(here, { timeout: 10_000 }).toEqual(['here', 'there'])
  expect((await follower.facts()).changes).toBe('waiting')
  follower.nats.mend()
  await expect.poll(here, { timeout: 10_000 }).toEqual(['here,there', 'here,there'])
  await expect.poll(async () => (await follower.facts()).changes, { timeout: 5000 }).toBe('live')
  await guests[0].say('again')
  await expect.poll(() => guests[1].heard).toEqual(['again'])
  await writer.stop()
  expect(await tally('NATS is cut', { stack: reader.stack, watchers, written: writer.written })).toEqual(nothing)
  await Promise.all([...watchers, ...guests].map(async (one) => await one[Symbol.asyncDispose]()))
})

test('the process that reads the log is killed under writes: the other takes over and tells its clients all', async () => {
  const parts = await Promise.all(all.processes.map(async ({ facts }) => (await facts()).part))
  const [dies, stays] = parts[0] === 'reader' ? [reader, follower] : [follower, reader]
  const watchers = await Promise.all(users.map(async (user) => await watchTasks(stays.stack, user)))
  const writer = writeTasks(all.databaseUrl, users)
  await eventually(10_000, async () => writer.written.length > 100)
  const began = performance.now()
  dies.stack.process.kill('SIGKILL')
  const took = await eventually(10_000, async () => (await stays.facts()).part === 'reader')
  const takeover = Math.round(performance.now() - began)
  console.log(`the reader is killed: taken over after ${takeover} ms`)
  await pause(500)
  await writer.stop()
  expect(await tally('the reader is killed', { stack: stays.stack, watchers, written: writer.written })).toEqual(
    nothing,
  )
  expect([took, takeover < 5000]).toEqual([true, true])
  await Promise.all(watchers.map(async (one) => await one[Symbol.asyncDispose]()))
})
