import { connect } from 'node:net'

import { createTestDatabase, type TestDatabase } from '@tenon/testing'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { platformDoor } from '../../platform-door.ts'
import type { RunAnswer } from './run-answer.ts'
import { runArea } from './run-area.ts'

let database: TestDatabase
let server: FastifyInstance

beforeAll(async () => {
  database = await createTestDatabase()
  await database.query(`
    create table notes (id int primary key, owner text not null default auth.jwt() ->> 'sub', body text);
    alter table notes enable row level security;
    create policy own on notes to authenticated using ((select auth.jwt() ->> 'sub') = owner);
    insert into notes values (1, 'user_a', 'of a'), (2, 'user_b', 'of b')`)
  server = Fastify()
  await server.register(platformDoor([runArea(database.settings())]))
  await server.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(async () => {
  await server.close()
  await database.drop()
})

const post = async (body: object, path = '/query') => await server.inject({ method: 'POST', url: path, body })

async function run(sql: string, more: object = {}): Promise<RunAnswer> {
  const response = await post({ sql, ...more })
  expect(response.statusCode, response.body).toBe(200)
  return response.json<RunAnswer>()
}

const asUser = (sub: string) => ({ as: { role: 'authenticated', claims: { sub } } })

async function bodies(more: object): Promise<unknown> {
  return (await run('select body from notes order by id', more)).results[0]?.rows.flat()
}

/** Waits on Postgres itself until a statement with this text is under way. */
async function underWay(text: string): Promise<void> {
  const [found] = await database.query(
    `select pid from pg_stat_activity where application_name = 'tenon sql editor' and state = 'active'
     and query like '${text}%' and datname = current_database()`,
  )
  if (found === undefined) await underWay(text)
}

test('each statement answers for itself, values as Postgres prints them', async () => {
  const answer = await run(`create table made (a int, b numeric(6,2), c text[], d bool);
    insert into made values (1, 2, '{x,NULL}', true), (2, null, null, false);
    table made`)
  expect(answer).toMatchObject({ outcome: 'committed', error: null, leftOpen: false })
  expect(answer.results.map(({ tag }) => tag)).toEqual(['CREATE TABLE', 'INSERT 0 2', 'SELECT 2'])
  expect(answer.results[2]).toMatchObject({
    statement: 3,
    line: 3,
    text: 'table made',
    columns: [
      { name: 'a', type: 'integer' },
      { name: 'b', type: 'numeric(6,2)' },
      { name: 'c', type: 'text[]' },
      { name: 'd', type: 'boolean' },
    ],
    rows: [
      ['1', '2.00', '{x,NULL}', 't'],
      ['2', null, null, 'f'],
    ],
    more: false,
  })
})

test('an error names its place in the whole text, and what ran before it is undone', async () => {
  const answer = await run("create table half (a int);\n-- '\nselect\n  nothing_here from half; select 3")
  expect(answer).toMatchObject({ outcome: 'rolled-back', results: [{ tag: 'CREATE TABLE' }] })
  expect(answer.error).toMatchObject({
    statement: 2,
    sqlstate: '42703',
    message: 'column "nothing_here" does not exist',
    position: { line: 4, column: 3 },
    cancelled: false,
  })
  expect(await database.query(`select to_regclass('half') as half`)).toEqual([{ half: null }])
})

test('an error of a deferred constraint belongs to no statement', async () => {
  await database.query('create table unique_late (a int unique deferrable initially deferred)')
  const answer = await run('insert into unique_late values (1), (1)')
  expect(answer).toMatchObject({ outcome: 'rolled-back', error: { statement: null, sqlstate: '23505' } })
})

test('an error within a function says in which', async () => {
  const answer = await run(`do $$ begin perform 1 / 0; end $$`)
  expect(answer.error).toMatchObject({ sqlstate: '22012', position: null })
  expect(answer.error?.context).toContain('inline_code_block')
})

test('of a million rows no more are read than asked for', async () => {
  const answer = await run(`select generate_series(1, 100000000), repeat('x', 100)`, { limit: 3 })
  expect(answer.results[0]).toMatchObject({ tag: null, more: true })
  expect(answer.results[0]?.rows.map(([n]) => n)).toEqual(['1', '2', '3'])
  const all = await run('select n from generate_series(1, 3) n', { limit: 3 })
  expect(all.results[0]).toMatchObject({ tag: 'SELECT 3', more: false })
})

test('what changes rows runs to its end, however few are shown', async () => {
  await database.query('create table many (n int)')
  const answer = await run('insert into many select generate_series(1, 5000) returning n', { limit: 2 })
  expect(answer.results[0]).toMatchObject({ tag: 'INSERT 0 5000', more: true, rows: [['1'], ['2']] })
})

test('COPY to the client is shown line by line', async () => {
  const answer = await run(`copy (select 1, 'a' union all select 2, 'b') to stdout with (format csv)`)
  expect(answer.results[0]).toMatchObject({ tag: 'COPY 2', columns: [{ name: 'copy' }], rows: [['1,a'], ['2,b']] })
})

test('what Postgres remarks is told with its statement', async () => {
  const answer = await run(`select 1; do $$ begin raise notice 'look: %', 7 using hint = 'here'; end $$`)
  expect(answer.results.map(({ notices }) => notices)).toMatchObject([
    [],
    [{ severity: 'NOTICE', message: 'look: 7', hint: 'here' }],
  ])
})

test('a loop that remarks without end fills no memory', async () => {
  const answer = await run(`do $$ begin for n in 1..5000 loop raise notice 'n %', n; end loop; end $$`)
  expect(answer.results[0]?.notices).toHaveLength(200)
  expect(answer.results[0]?.notices.at(-1)?.message).toContain('more remarks')
})

test('values of many results together fill no memory', async () => {
  const big = `select repeat('x', 10000000) from generate_series(1, 3)`
  const answer = await run(`${big}; ${big}`)
  expect(answer.results.map(({ rows, more }) => [rows.length, more])).toEqual([
    [3, false],
    [1, true],
  ])
})

test('a procedure may commit by itself', async () => {
  await database.query(`create table steps (n int); create procedure step() language plpgsql as
    $$ begin insert into steps values (1); commit; insert into steps values (2); commit; end $$`)
  expect(await run('call step()')).toMatchObject({ outcome: 'as-written', error: null })
  expect(await database.query('select n from steps order by n')).toEqual([{ n: 1 }, { n: 2 }])
})

test('two people see each her own rows, and the owner sees all', async () => {
  expect(await bodies(asUser('user_a'))).toEqual(['of a'])
  expect(await bodies(asUser('user_b'))).toEqual(['of b'])
  expect(await bodies({ as: { role: 'anon' } })).toEqual([])
  expect(await bodies({})).toEqual(['of a', 'of b'])
})

test('a role that does not exist is refused', async () => {
  const response = await post({ sql: 'select 1', as: { role: 'nobody"; drop table notes; --' } })
  expect(response.json()).toMatchObject({ code: '22023', message: expect.stringContaining('nobody') })
})

test('whoever is not the owner cannot leave the transaction', async () => {
  const response = await post({ sql: 'commit; table notes', ...asUser('user_a') })
  expect(response.statusCode).toBe(400)
  expect(response.json()).toMatchObject({ code: 'platform.query-needs-transaction' })
})

test('a text that cannot be read is refused', async () => {
  const response = await post({ sql: "select 'open" })
  expect(response.json()).toMatchObject({
    code: 'platform.query-unreadable',
    message: expect.stringContaining('Line 1'),
  })
})

test('a text commits by itself, and what it leaves open is undone', async () => {
  const answer = await run(`begin; create table committed (a int); commit; begin; create table open (a int)`)
  expect(answer).toMatchObject({ outcome: 'as-written', leftOpen: true, error: null })
  const [found] = await database.query(`select to_regclass('committed') as committed, to_regclass('open') as open`)
  expect(found).toEqual({ committed: 'committed', open: null })
})

test('VACUUM runs without a transaction', async () => {
  expect(await run('vacuum notes')).toMatchObject({ outcome: 'as-written', error: null, results: [{ tag: 'VACUUM' }] })
})

test('nothing that a text sets reaches the next run', async () => {
  await run(`set search_path = nowhere; select set_config('role', 'anon', false)`)
  const answer = await run('select current_user, body from notes where id = 1')
  expect(answer.results[0]?.rows).toEqual([['postgres', 'of a']])
})

test('nothing is written where only reading was asked for', async () => {
  const answer = await run('insert into notes (id) values (9)', { readOnly: true })
  expect(answer.error).toMatchObject({ sqlstate: '25006' })
})

test('an analysis runs what it explains, and undoes it', async () => {
  const answer = await run(`insert into notes values (10, 'user_a')`, { explain: 'analyze' })
  expect(answer).toMatchObject({ outcome: 'rolled-back', error: null })
  expect(answer.results[0]?.plan).toMatchObject([{ Plan: { 'Node Type': 'ModifyTable', 'Actual Rows': 0 } }])
  expect(await database.query('select * from notes where id = 10')).toEqual([])
  const wrong = await run(`select\n wrong`, { explain: 'plan' })
  expect(wrong.error?.position).toMatchObject({ line: 2, column: 2 })
})

test('a statement has no more time than it was given', async () => {
  const answer = await run('select pg_sleep(100)', { timeout: 20 })
  expect(answer.error).toMatchObject({ sqlstate: '57014', cancelled: false })
})

test('a running query is cancelled by its id', async () => {
  const running = run('select pg_sleep(101); select 2', { id: 'mine' })
  await underWay('select pg_sleep(101)')
  expect((await post({ id: 'mine' }, '/query/cancel')).json()).toEqual({ cancelled: true })
  expect(await running).toMatchObject({ outcome: 'rolled-back', error: { statement: 1, cancelled: true } })
  expect((await post({ id: 'mine' }, '/query/cancel')).json()).toMatchObject({ code: 'platform.query-not-running' })
})

test('a browser that goes away takes its query along', async () => {
  const address = server.server.address()
  const socket = connect(typeof address === 'object' && address !== null ? address.port : 0, '127.0.0.1')
  const body = JSON.stringify({ sql: 'select pg_sleep(102)' })
  socket.write(
    `POST /query HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  )
  await underWay('select pg_sleep(102)')
  socket.destroy()
  await expect
    .poll(
      async () =>
        await database.query(`select 1 from pg_stat_activity where query like 'select pg_sleep(102)%'
      and state = 'active'`),
    )
    .toEqual([])
})

test('a connection that is lost is told, with what became of the work', async () => {
  const running = post({ sql: `create table lost (a int); select pg_sleep(103)` })
  await underWay('select pg_sleep(103)')
  await database.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where query like 'select pg_sleep(103)%' and pid <> pg_backend_pid()`,
    'supabase_admin',
  )
  const response = await running
  expect(response.statusCode).toBe(503)
  expect(response.json()).toMatchObject({
    code: 'platform.query-lost',
    message: 'The connection to Postgres ended during statement 2',
    details: expect.stringContaining('Nothing was kept'),
  })
})

test('no more than ten run at a time', async () => {
  const running = Array.from({ length: 10 }, async (_, index) => await run('select pg_sleep(104)', { id: `q${index}` }))
  expect((await post({ sql: 'select 1' })).json()).toMatchObject({ code: 'platform.queries-too-many' })
  for (let index = 0; index < 10; index++) await post({ id: `q${index}` }, '/query/cancel')
  for (const answer of await Promise.all(running)) expect(answer.error).toMatchObject({ cancelled: true })
})
