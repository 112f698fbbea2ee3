import { startUntouchedCluster, type UntouchedCluster } from '@tenon/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'

import { withClient } from '../../database/engines/with-client.ts'
import { bootstrap, type BootstrapResult } from '../../database/bootstrap/bootstrap.ts'
import { connectExternal, type ExternalEngine } from '../../database/engines/external/connect-external.ts'
import { openDatabase } from '../../database/pipeline/open-database.ts'
import { keepMessages } from '../messages/retention/keep-messages.ts'
import { createAuthorize } from './create-authorize.ts'

let cluster: UntouchedCluster

beforeAll(async () => {
  cluster = await startUntouchedCluster([
    `create role owner login createrole createdb password 'owner'`,
    'create database owner owner owner',
  ])
})
afterAll(async () => await cluster.stop())

async function boot(): Promise<{ engine: ExternalEngine; result: BootstrapResult }> {
  const engine = await connectExternal({ url: cluster.urlOf('owner', 'owner'), secret: 'x' })
  const options = {
    owned: false,
    passwords: engine.passwords,
    jwtSecret: 'x'.repeat(40),
    jwtExpiry: 60,
    autoExposeNewTables: true,
  }
  const result = await withClient(engine.adminConnection(), async (client) => await bootstrap(client, options))
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
  await withClient(engine.adminConnection(), async (client) => {
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
