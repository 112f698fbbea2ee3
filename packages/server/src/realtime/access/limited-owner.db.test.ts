import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { Client, type ClientBase } from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'

import { bootstrap, type BootstrapResult } from '../../database/bootstrap/bootstrap.ts'
import { startEmbedded } from '../../database/engines/embedded/start-embedded.ts'
import { connectionUrl, type ConnectionSettings, type Engine } from '../../database/engines/engine.ts'
import { connectExternal, type ExternalEngine } from '../../database/engines/external/connect-external.ts'
import { openDatabase } from '../../database/pipeline/open-database.ts'
import { keepMessages } from '../messages/retention/keep-messages.ts'
import { createAuthorize } from './create-authorize.ts'

let folder: string
let cluster: Engine

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tenon-limited-'))
  chmodSync(folder, 0o755)
  cluster = await startEmbedded({ folder: join(folder, 'postgres'), port: 0, durable: false })
  await as(cluster.adminConnection(), async (admin) => {
    await admin.query(`create role owner login createrole createdb password 'owner'`)
    await admin.query('create database owner owner owner')
  })
})
afterAll(async () => {
  const { folder: data } = cluster.status()
  await cluster.stop()
  if (data !== null && !data.startsWith(folder)) rmSync(dirname(data), { recursive: true, force: true })
  rmSync(folder, { recursive: true, force: true })
})

async function as<Result>(settings: ConnectionSettings, use: (client: ClientBase) => Promise<Result>): Promise<Result> {
  const client = new Client(settings)
  await client.connect()
  try {
    return await use(client)
  } finally {
    await client.end()
  }
}

async function boot(): Promise<{ engine: ExternalEngine; result: BootstrapResult }> {
  const { port } = cluster.status()
  const given = { host: '127.0.0.1', port, user: 'owner', password: 'owner', database: 'owner' }
  const engine = await connectExternal({ url: connectionUrl(given), secret: 'x' })
  const options = {
    owned: false,
    passwords: engine.passwords,
    jwtSecret: 'x'.repeat(40),
    jwtExpiry: 60,
    autoExposeNewTables: true,
  }
  const result = await as(engine.adminConnection(), async (client) => await bootstrap(client, options))
  await engine.checkLogins(['authenticator'])
  return { engine, result }
}

it('an owner who is no superuser has private channels, and is told what she has not', async () => {
  const { engine, result } = await boot()
  const lost = result.degradations.map(({ feature }) => feature)
  expect(lost.filter((feature) => /realtime|channels|broadcast/iu.test(feature))).toEqual([
    "roles that replicate (Realtime's capture of changes)",
    "noticing changed policies and grants in commit order (Realtime's Postgres Changes)",
  ])
  await as(engine.adminConnection(), async (client) => {
    await client.query(`create policy p on realtime.messages for all to authenticated
      using (realtime.topic() = 'room') with check (extension = 'broadcast')`)
  })
  const database = openDatabase({ ...engine.connection('authenticator') })
  const { authorize } = createAuthorize({
    database,
    now: () => 0,
    hearsOfChanges: () => false,
    onWriteFailure() {},
  })
  const claims = { role: 'authenticated' }
  const who = {
    kind: 'identity' as const,
    role: 'authenticated',
    claims,
    claimsJson: '{}',
    issuer: null,
    subject: null,
    via: 'token' as const,
    expiresAt: null,
  }
  expect(await authorize(who, 'room', '{}')).toEqual({
    broadcast: { read: true, write: true },
    presence: { read: true, write: false },
  })
  expect(await keepMessages(database, Date.now(), 3)).toEqual({ made: 3, dropped: 0 })
  await database.close()
})
