import { createTestDatabase, type TestDatabase } from '@tenon/testing'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'

import { openDatabase, type OpenDatabase } from '../../../../database/pipeline/open-database.ts'
import { markSchemaChange } from './mark-schema-change.ts'

const slot = `marks_${crypto.randomUUID().replaceAll('-', '')}`

let made: TestDatabase
let database: OpenDatabase
let admin: Client

beforeAll(async () => {
  made = await createTestDatabase()
  database = openDatabase({ url: made.url('authenticator'), size: 1 })
  admin = new Client(made.settings('supabase_admin'))
  await admin.connect()
  await admin.query('set synchronous_commit = on')
  await admin.query('select pg_create_logical_replication_slot($1, $2)', [slot, 'pgoutput'])
})
afterAll(async () => {
  await admin.query('select pg_drop_replication_slot($1)', [slot])
  await admin.end()
  await database.close()
  await made.drop()
})

/** Logical messages since the last look. */
async function marks(): Promise<number> {
  // What is committed with this is written before the slot is read.
  await admin.query(`select pg_logical_emit_message(true, 'test', '')`)
  const { rows } = await admin.query<{ data: Buffer }>(
    `select data from pg_logical_slot_get_binary_changes($1, null, null,
       'proto_version', '1', 'publication_names', 'supabase_realtime', 'messages', 'true')`,
    [slot],
  )
  return rows.filter(({ data }) => data.includes('tenon.schema')).length
}

it('a change of the schema is marked by whoever finds it where no trigger does', async () => {
  await marks()
  await markSchemaChange(database)
  expect(await marks()).toBe(0)
  await admin.query('drop event trigger tenon_schema_watch; drop event trigger tenon_drop_watch')
  await marks()
  await markSchemaChange(database)
  expect(await marks()).toBe(1)
})
