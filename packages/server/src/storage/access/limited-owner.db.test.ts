// A Postgres whose user may make roles and nothing more: what Storage can do there, and what it says of the rest.

import { startUntouchedCluster, type UntouchedCluster } from '@tenon/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'

import { withClient } from '../../database/engines/with-client.ts'
import { bootstrap, type BootstrapResult } from '../../database/bootstrap/bootstrap.ts'
import { connectionUrl } from '../../database/engines/engine.ts'
import { connectExternal, type ExternalEngine } from '../../database/engines/external/connect-external.ts'
import { openDatabase, type OpenDatabase } from '../../database/pipeline/open-database.ts'
import { insertBucket, selectBucket } from '../buckets/sql/buckets.ts'
import type { Caller } from './caller.ts'
import { explainedDatabase } from './denial/explained-database.ts'
import { createWhyDenied } from './denial/why-denied.ts'
import { type StorageDatabase, storageDatabase } from './storage-database.ts'

let cluster: UntouchedCluster
let given: ExternalEngine
let result: BootstrapResult
let pool: OpenDatabase
let database: StorageDatabase

beforeAll(async () => {
  cluster = await startUntouchedCluster([
    `create role owner login createrole password 'owner'`,
    'create database owner owner owner',
  ])
  given = await connectExternal({ url: cluster.urlOf('owner', 'owner'), secret: 'x' })
  const { passwords } = given
  const options = { owned: false, passwords, jwtSecret: 'x'.repeat(40), jwtExpiry: 60, autoExposeNewTables: true }
  result = await withClient(given.adminConnection(), async (client) => await bootstrap(client, options))
  await given.checkLogins(['supabase_storage_admin'])
  pool = openDatabase({ url: connectionUrl(given.connection('supabase_storage_admin')), size: 2 })
  database = explainedDatabase(storageDatabase(pool), createWhyDenied({ database: pool, now: Date.now }))
})
afterAll(async () => {
  await pool.close()
  await given.stop()
  await cluster.stop()
})

function somebody(role: string, subject: string | null): Caller {
  const identity = { role, subject, claimsJson: JSON.stringify({ role, sub: subject }) } as Caller['identity']
  return { identity, token: '', method: 'POST', path: '/', headersJson: '{}' }
}

it('has the tables and functions of Storage, and is told what it lacks', () => {
  const lost = result.degradations.map(({ feature }) => feature)
  expect(lost).toContain('service_role passing Row Level Security by')
  expect(lost.filter((feature) => /storage|Storage|quota/.test(feature) && !feature.includes('standing in'))).toEqual(
    [],
  )
})

it('keeps buckets of the server itself', async () => {
  await database.asOwner([insertBucket({ id: 'b', name: 'b', ownerId: null })])
  expect((await database.asOwner([selectBucket('b')]))[0]?.count).toBe(1)
})

it('lets people do what policies allow, and says why they may not where none does', async () => {
  const make = {
    operation: 'storage.bucket.create',
    statements: [insertBucket({ id: 'n', name: 'n', ownerId: 'ann' })],
  } as const
  const ann = somebody('authenticated', 'ann')
  const fix = 'Make a policy on storage.buckets for insert to authenticated'
  await expect(database.asCaller(ann, make)).rejects.toMatchObject({ code: 'postgres.error', fix })
  await withClient(given.adminConnection(), async (admin) => {
    await admin.query(
      `create policy "ann makes" on storage.buckets for insert to authenticated with check (owner_id = 'ann')`,
    )
  })
  expect((await database.asCaller(ann, make))[0]?.count).toBe(1)
})

it('says of service_role which attribute it lacks', async () => {
  const statements = [insertBucket({ id: 's', name: 's', ownerId: null })]
  const asking = database.asCaller(somebody('service_role', null), { operation: 'storage.bucket.create', statements })
  const fix = 'Here service_role is bound by policies. Run: alter role "service_role" bypassrls;'
  await expect(asking).rejects.toMatchObject({ fix })
})
