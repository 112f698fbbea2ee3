import { createTestDatabase, type TestDatabase } from '@tenon/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { type OpenDatabase, openDatabase } from '../../database/pipeline/open-database.ts'
import type { Statement } from '../../database/statement.ts'
import type { Caller } from './caller.ts'
import { storageDatabase } from './storage-database.ts'

let database: TestDatabase
let pool: OpenDatabase

beforeAll(async () => {
  database = await createTestDatabase()
  pool = openDatabase({ url: database.url('supabase_storage_admin'), size: 2 })
})
afterAll(async () => {
  await pool.close()
  await database.drop()
})

const statement = (text: string): Statement => ({ kind: 'statement', text: text as never, values: [] })

function caller(role: string): Caller {
  const identity = { role, subject: null, claimsJson: '{}' } as unknown as Caller['identity']
  return { identity, token: '', method: 'GET', path: '/', headersJson: '{}' }
}

test.each([
  ['anon', '3s'],
  ['authenticated', '8s'],
  ['service_role', '30s'],
])('a statement of %s may take %s', async (role, patience) => {
  const statements = [statement(`select current_setting('statement_timeout')`)]
  const [rows] = await storageDatabase(pool).asCaller(caller(role), { operation: 'storage.object.list', statements })
  expect(rows?.rows).toEqual([[patience]])
})

test('a statement of the owner may take as long as one of a role without a limit', async () => {
  const [rows] = await storageDatabase(pool).asOwner([statement(`select current_setting('statement_timeout')`)])
  expect(rows?.rows).toEqual([['30s']])
})

test('a policy that takes longer than its role may is ended', async () => {
  const role = `hasty_${database.name}`
  await database.query(
    `create role ${role} nologin; alter role ${role} set statement_timeout = '100ms'; grant ${role} to authenticator;
     grant usage on schema storage to ${role}; grant select on storage.buckets to ${role};
     create policy slow on storage.buckets for select to ${role} using (pg_sleep(600)::text = '');
     insert into storage.buckets (id, name) values ('b', 'b')`,
    'supabase_admin',
  )
  const statements = [statement('select id from storage.buckets')]
  await expect(
    storageDatabase(pool).asCaller(caller(role), { operation: 'storage.bucket.list', statements }),
  ).rejects.toMatchObject({ detail: { sqlstate: '57014' } })
  await database.query(`drop owned by ${role}; drop role ${role}`, 'supabase_admin')
})
