// What is heard where not everything may be told: deletes that cannot be judged under `deletes = "strict"`, and a database
// whose owner may not replicate.

import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { connectionUrl, type Engine } from '../../packages/server/src/database/engines/engine.ts'
import { startEmbedded } from '../../packages/server/src/database/engines/embedded/start-embedded.ts'
import { type RunningStack, startStack } from '../running-stack.ts'
import { type Ear, listen } from './changes/listen.ts'
import { tokenOf } from './token-of.ts'

let folder: string
let cluster: Engine
let strict: RunningStack
let limited: RunningStack

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tenon-refused-'))
  chmodSync(folder, 0o755)
  ;[strict, limited] = await Promise.all([
    startStack({ folder: projectIn('strict', '[realtime]\ndeletes = "strict"\n') }),
    startLimited(),
  ])
  await run(
    strict.line('DB_URL'),
    `create table notes (id int primary key, owner text); create table told (like notes including all);
     alter table notes enable row level security; alter table told enable row level security;
     create policy own on notes using ((select auth.jwt() ->> 'sub') = owner);
     create policy own on told using ((select auth.jwt() ->> 'sub') = owner);
     alter table told replica identity full; alter publication supabase_realtime add table notes, told`,
  )
})

afterAll(async () => {
  await Promise.all([strict.stop(), limited.stop()])
  await cluster.stop()
  rmSync(folder, { recursive: true, force: true })
})

function projectIn(name: string, config: string): string {
  mkdirSync(join(folder, name, 'supabase'), { recursive: true })
  writeFileSync(join(folder, name, 'supabase', 'config.toml'), config)
  return join(folder, name)
}

/** On a Postgres of somebody else, where the project's owner is no superuser and may not replicate. */
async function startLimited(): Promise<RunningStack> {
  cluster = await startEmbedded({ folder: join(folder, 'postgres'), port: 0, durable: false })
  const admin = connectionUrl(cluster.adminConnection())
  await run(admin, `create role maker login createrole password 'maker'`)
  await run(admin, 'create database shop owner maker')
  const given = { host: '127.0.0.1', port: cluster.status().port, user: 'maker', password: 'maker', database: 'shop' }
  return await startStack({ folder: projectIn('limited', ''), args: ['--database-url', connectionUrl(given)] })
}

async function run(url: string, text: string): Promise<void> {
  const client = new Client(url)
  await client.connect()
  await client.query(text)
  await client.end()
}

const kinds = ({ heard }: Ear): readonly string[] =>
  (heard[0] ?? []).map(
    ({ eventType, table, new: row, old }) => `${eventType} ${table} ${String(row['id'] ?? old['id'])}`,
  )

test('under `strict`, a delete is told to nobody unless the log carries what the policy reads', async () => {
  const all = [{ event: '*', schema: 'public' }] as const
  await using ada = await listen(strict, await tokenOf(strict, { sub: 'ada' }), all)
  await using server = await listen(strict, await tokenOf(strict, { role: 'service_role' }), all)
  await run(
    strict.line('DB_URL'),
    `insert into notes values (1, 'ada'); insert into told values (1, 'ada'), (2, 'bob');
     delete from notes; delete from told; insert into notes values (9, 'ada')`,
  )
  await Promise.all([ada, server].map(async (ear) => await ear.until(() => kinds(ear).includes('INSERT notes 9'))))
  expect(kinds(ada)).toEqual(['INSERT notes 1', 'INSERT told 1', 'DELETE told 1', 'INSERT notes 9'])
  expect(kinds(server).filter((kind) => kind.startsWith('DELETE'))).toEqual([
    'DELETE notes 1',
    'DELETE told 1',
    'DELETE told 2',
  ])
})

test('where nobody may replicate, the channel is joined and told which grant is missing, and broadcasts pass', async () => {
  await run(
    limited.line('DB_URL'),
    'create table things (id int primary key); alter publication supabase_realtime add table things',
  )
  const own = { config: { broadcast: { self: true, ack: true } } }
  const item = { event: '*', schema: 'public', table: 'things' } as const
  await using ear = await listen(limited, null, [item], '2.119', own)
  await ear.until(() => ear.notices.length > 0)
  expect(ear.notices[0]).toMatchObject({ extension: 'postgres_changes', status: 'error' })
  expect(ear.notices[0]?.message).toContain('alter role "maker" replication;')
  expect(ear.statuses).toEqual(['SUBSCRIBED'])
  const url = `${limited.line('API_URL')}/realtime/v1/api/broadcast`
  const headers = { apikey: limited.line('PUBLISHABLE_KEY'), 'content-type': 'application/json' }
  const messages = [{ topic: 'anywhere', event: 'e', payload: {}, private: false }]
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ messages }) })
  expect(answer.status).toBe(202)
})
