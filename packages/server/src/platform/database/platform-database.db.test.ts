import { createTestDatabase, type TestDatabase } from '@tenon/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'

import type { Sql } from '../../database/sql.ts'
import { openPlatformDatabase, type PlatformDatabase } from './platform-database.ts'

let testDatabase: TestDatabase
let database: PlatformDatabase

beforeAll(async () => {
  testDatabase = await createTestDatabase()
  database = openPlatformDatabase({
    connection: testDatabase.settings(),
    onLost: (error) => {
      throw error
    },
  })
})
afterAll(async () => {
  await database.close()
  await testDatabase.drop()
})

test('a second statement behind a semicolon is refused, and the first is not run either', async () => {
  await testDatabase.query('create table kept (id int)')
  const smuggled = 'create table made (id int); drop table kept' as Sql
  const refused = database.transaction(null, async (session) => await session.execute(smuggled))
  await expect(refused).rejects.toMatchObject({ code: 'postgres.error', detail: { sqlstate: '42601' } })
  const tables = await testDatabase.query(`select to_regclass('kept') is null as gone, to_regclass('made') as made`)
  expect(tables).toEqual([{ gone: false, made: null }])
})

test('a statement that is alone is run', async () => {
  await database.transaction(null, async (session) => await session.execute('create table alone (id int)' as Sql))
  expect(await testDatabase.query(`select to_regclass('alone')::text as name`)).toEqual([{ name: 'alone' }])
})

async function asked(text: string) {
  return await database.transaction(null, async (session) => await session.cells(text as Sql))
}

test('what a function sets for the session is gone at the next request', async () => {
  await testDatabase.query(`
    create function settles() returns text language sql as
      $$ select set_config('search_path', 'nowhere', false) || set_config('role', 'anon', false) $$`)
  await asked('select settles()')
  await asked('create temp table pg_class (relname text)')
  const { rows } = await asked(`select current_user, current_setting('search_path'), 'pg_class'::regclass = 1259`)
  expect(rows).toEqual([['postgres', '"$user", public, extensions', 't']])
})

test('a connection that ends between two statements is told by the next, and the one after is served anew', async () => {
  const cut = openPlatformDatabase({ connection: testDatabase.settings(), onLost: () => {} })
  const lost = cut.transaction(null, async (session) => {
    const [own] = await session.rows<{ pid: number }>('select pg_backend_pid() as pid' as Sql)
    const ended = new Promise((done) => session.client.once('end', done))
    await testDatabase.query(`select pg_terminate_backend(${own?.pid})`)
    await ended
    return await session.rows('select 1' as Sql)
  })
  await expect(lost).rejects.toMatchObject({ code: 'postgres.connection-lost' })
  const [again] = await cut.transaction(null, async (session) => await session.rows('select 1 as one' as Sql))
  await cut.close()
  expect(again).toEqual({ one: 1 })
})
