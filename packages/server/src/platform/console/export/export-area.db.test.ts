import { afterAll, beforeAll, expect, test } from 'vitest'

import { createTestDatabase, type TestDatabase } from '@tenon/testing'
import Fastify, { type FastifyInstance } from 'fastify'

import { openPlatformDatabase, type PlatformDatabase } from '../../database/platform-database.ts'
import { platformDoor } from '../../platform-door.ts'
import { exportArea } from './export-area.ts'

let database: TestDatabase
let platform: PlatformDatabase
let server: FastifyInstance
let address: string

beforeAll(async () => {
  database = await createTestDatabase()
  await database.query(`
    create table notes (id int primary key, owner text, body text, done bool, more jsonb, exact numeric);
    alter table notes enable row level security;
    create policy own on notes to authenticated using ((select auth.jwt() ->> 'sub') = owner);
    insert into notes values (1, 'user_a', 'a "b", c', true, '{"x": 1}', 1.50), (2, 'user_b', '', null, null, 'NaN')`)
  platform = openPlatformDatabase({
    connection: database.settings(),
    onLost: (error) => {
      throw error
    },
  })
  server = Fastify()
  await server.register(platformDoor([exportArea(platform)]))
  address = await server.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(async () => {
  await server.close()
  await platform.close()
  await database.drop()
})

const download = async (body: object) => await server.inject({ method: 'POST', url: '/query/export', body })

test('a result is written as CSV', async () => {
  const response = await download({ sql: 'select id, body, done, exact from notes order by id;', format: 'csv' })
  expect(response.headers['content-type']).toContain('text/csv')
  expect(response.body).toBe('id,body,done,exact\r\n1,"a ""b"", c",t,1.50\r\n2,"",,NaN\r\n')
})

test('a result is written as JSON, with its types and its double names', async () => {
  const response = await download({ sql: 'select id, done, more, exact, id from notes order by id', format: 'json' })
  expect(JSON.parse(response.body)).toEqual([
    { id: 1, done: true, more: { x: 1 }, exact: 1.5, id_2: 1 },
    { id: 2, done: null, more: null, exact: 'NaN', id_2: 2 },
  ])
})

test('no rows are an empty list, or a head alone', async () => {
  const sql = 'select id from notes where false'
  expect(JSON.parse((await download({ sql, format: 'json' })).body)).toEqual([])
  expect((await download({ sql, format: 'csv' })).body).toBe('id\r\n')
})

test('every row of many is there', async () => {
  const response = await download({ sql: 'select * from generate_series(1, 12345) n', format: 'csv' })
  const lines = response.body.trim().split('\r\n')
  expect([lines.length, lines.at(-1)]).toEqual([12_346, '12345'])
})

test('somebody takes away her own rows only', async () => {
  const as = { role: 'authenticated', claims: { sub: 'user_b' } }
  expect((await download({ sql: 'select id from notes', as, format: 'csv' })).body).toBe('id\r\n2\r\n')
})

test.each([
  ['select nothing_here from notes', '42703'],
  ['select 1; drop table notes', '42601'],
  ['delete from notes returning id', '42601'],
  ['select 1; select 2', '42601'],
])('%j is refused with %s before a byte is sent', async (sql, code) => {
  const response = await download({ sql, format: 'csv' })
  expect(response.statusCode).toBeGreaterThanOrEqual(400)
  expect(response.json()).toMatchObject({ code })
  expect(await database.query('select count(*)::int as n from notes')).toEqual([{ n: 2 }])
})

test('what a query calls cannot write either', async () => {
  await database.query(`create function wipe() returns void language sql as $$ delete from notes $$`)
  expect((await download({ sql: 'select wipe()', format: 'csv' })).json()).toMatchObject({ code: '25006' })
})

async function overTheWire(sql: string, signal?: AbortSignal): Promise<Response> {
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, ...(signal && { signal }) }
  return await fetch(`${address}/query/export`, { ...init, body: JSON.stringify({ sql, format: 'csv' }) })
}

test('an error far into the rows breaks the download off, and is no whole file', async () => {
  const response = await overTheWire('select 1 / (n - 9000) from generate_series(1, 20000) n')
  await expect(response.text()).rejects.toThrow('terminated')
})

test('whoever goes away leaves no transaction behind', async () => {
  const leaving = new AbortController()
  const response = await overTheWire(`select generate_series(1, 2000000), repeat('x', 500)`, leaving.signal)
  await response.body?.getReader().read()
  leaving.abort()
  await expect
    .poll(async () => {
      return await database.query(`select state from pg_stat_activity where datname = current_database()
        and application_name = 'tenon studio' and state <> 'idle'`)
    })
    .toEqual([])
})
