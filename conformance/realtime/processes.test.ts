import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import type { RunningStack } from '../running-stack.ts'
import { enterLobby } from './processes/enter-lobby.ts'
import { followTasks } from './processes/follow-tasks.ts'
import { type RunningProcess, type RunningProcesses, startProcesses } from './processes/running-processes.ts'
import { enterRoom, versions } from './rooms/enter-room.ts'
import { tokenOf } from './token-of.ts'

let all: RunningProcesses
let sql: Client
let one: RunningProcess
let two: RunningProcess

beforeAll(async () => {
  all = await startProcesses({
    count: 2,
    files: {
      'supabase/migrations/20260401000000_rooms.sql': `
        alter publication supabase_realtime add table tasks;
        create policy "staff" on realtime.messages for all to authenticated
          using (realtime.topic() = 'staff' and auth.jwt() ->> 'team' = 'staff')
          with check (realtime.topic() = 'staff' and auth.jwt() ->> 'team' = 'staff');`,
    },
  })
  ;[one, two] = all.processes as [RunningProcess, RunningProcess]
  sql = new Client(all.databaseUrl)
  await sql.connect()
})

afterAll(async () => {
  await sql.end()
  await all[Symbol.asyncDispose]()
})

describe.each(versions)('with realtime-js %s', (version) => {
  test('a broadcast on one process reaches those who are connected to the other, once', async () => {
    await using here = await enterRoom(one.stack, { topic: 'room', isPrivate: false, version })
    await using there = await enterRoom(two.stack, { topic: 'room', isPrivate: false, version })
    await using elsewhere = await enterRoom(two.stack, { topic: 'other room', isPrivate: false, version })
    await here.channel.send({ type: 'broadcast', event: 'hello', payload: { from: 'one' } })
    await there.channel.send({ type: 'broadcast', event: 'hello', payload: { from: 'two' } })
    await expect.poll(() => [here.heard.length, there.heard.length]).toEqual([1, 1])
    expect([here.heard[0]?.payload, there.heard[0]?.payload, elsewhere.heard]).toEqual([
      { from: 'two' },
      { from: 'one' },
      [],
    ])
  })
})

test('a private channel is one room over both processes, and neither lets a stranger in', async () => {
  const staff = { sub: 'user_ann', team: 'staff' }
  await using here = await enterRoom(one.stack, { topic: 'staff', token: await tokenOf(one.stack, staff) })
  await using there = await enterRoom(two.stack, { topic: 'staff', token: await tokenOf(two.stack, staff) })
  await using open = await enterRoom(two.stack, { topic: 'staff', isPrivate: false })
  await here.channel.send({ type: 'broadcast', event: 'secret', payload: {} })
  await expect.poll(() => there.heard.map(({ event }) => event)).toEqual(['secret'])
  expect(open.heard).toEqual([])
  for (const { stack } of all.processes) {
    await using stranger = await enterRoom(stack, { topic: 'staff', token: await tokenOf(stack, { sub: 'user_eve' }) })
    expect(stranger.admitted).toMatchObject({ status: 'CHANNEL_ERROR' })
  }
})

test('a message that is sent over HTTP or from the database reaches both processes, once', async () => {
  const token = await tokenOf(one.stack, { sub: 'user_ann', team: 'staff' })
  await using here = await enterRoom(one.stack, { topic: 'staff', token })
  await using there = await enterRoom(two.stack, { topic: 'staff', token })
  await fetch(`${two.stack.line('API_URL')}/realtime/v1/api/broadcast`, {
    method: 'POST',
    headers: { apikey: two.stack.line('SECRET_KEY'), 'content-type': 'application/json' },
    body: JSON.stringify({ messages: [{ topic: 'staff', event: 'http', payload: {}, private: true }] }),
  })
  await expect.poll(() => [here.heard.length, there.heard.length]).toEqual([1, 1])
  for (let sent = 0; sent < 3; sent += 1) await sql.query(`select realtime.send('{}', 'row ${sent}', 'staff', true)`)
  const events = ['http', 'row 0', 'row 1', 'row 2']
  for (const { heard } of [here, there]) {
    await expect.poll(() => heard.map(({ event }) => event), { timeout: 5000 }).toEqual(events)
  }
})

test('who is present on one process is present on the other, and leaves on both', async () => {
  await using here = await enterLobby(one.stack, 'ann')
  const there = await enterLobby(two.stack, 'bob')
  await expect.poll(() => [here.present(), there.present()]).toEqual(['ann,bob', 'ann,bob'])
  await there[Symbol.asyncDispose]()
  await expect.poll(() => here.present()).toBe('ann')
})

test('changes of rows reach their owners on both processes, in order and once, and nobody else', async () => {
  await using annHere = await followTasks(one.stack, 'user_ann')
  await using annThere = await followTasks(two.stack, 'user_ann')
  await using bobThere = await followTasks(two.stack, 'user_bob')
  await sql.query("insert into tasks (name, user_id) values ('mine', 'user_ann'), ('his', 'user_bob')")
  await sql.query("update tasks set name = name || '!'")
  const ann = ['INSERT mine', 'UPDATE mine!']
  await expect.poll(() => annHere.heard, { timeout: 5000 }).toEqual(ann)
  await expect.poll(() => annThere.heard, { timeout: 5000 }).toEqual(ann)
  await expect.poll(() => bobThere.heard).toEqual(['INSERT his', 'UPDATE his!'])
  const parts = await Promise.all(all.processes.map(async ({ facts }) => (await facts()).part))
  expect([...parts].sort()).toEqual(['follower', 'reader'])
})

test('a process that NATS is taken from says so, serves its own, and finds the others again', async () => {
  await using here = await enterRoom(two.stack, { topic: 'island', isPrivate: false })
  await using beside = await enterRoom(two.stack, { topic: 'island', isPrivate: false })
  await using there = await enterRoom(one.stack, { topic: 'island', isPrivate: false })
  two.nats.stayCut()
  await expect.poll(async () => (await two.facts()).processes, { timeout: 5000 }).toMatch(/^NATS is away/)
  expect(await metricsOf(two.stack)).toContain('tenon_realtime_bus_connected 0')
  expect(two.stack.output()).not.toContain('fault')
  await here.channel.send({ type: 'broadcast', event: 'alone', payload: {} })
  await expect.poll(() => beside.heard.map(({ event }) => event)).toEqual(['alone'])
  two.nats.mend()
  await expect
    .poll(async () => await two.facts(), { timeout: 5000 })
    .toMatchObject({ processes: 'connected', peers: 1 })
  await here.channel.send({ type: 'broadcast', event: 'together', payload: {} })
  await expect.poll(() => there.heard.map(({ event }) => event)).toEqual(['together'])
  expect(await metricsOf(two.stack)).toContain('tenon_realtime_bus_connected 1')
})

async function metricsOf(stack: RunningStack): Promise<string> {
  return await (await fetch(`${stack.line('API_URL')}/metrics`)).text()
}
