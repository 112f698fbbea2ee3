import { afterAll, beforeAll, expect, test } from 'vitest'

import { openTestPlatform, type TestPlatform } from '../platform-over.test-support.ts'

let platform: TestPlatform
const odd = `odd "; -- name`

beforeAll(async () => {
  platform = await openTestPlatform()
  await platform.query(`
    create table tasks (id int primary key, name text, "odd ""; -- name" text);
    insert into tasks values (1, 'a', 'x'), (2, 'a', 'y')`)
})
afterAll(async () => await platform.close())

const make = async (body: object) => await platform.ask('POST', '/indexes', { table: 'tasks', ...body })

test('indexes are listed with their table, definition, size and use', async () => {
  const { body } = await platform.ask('GET', '/indexes?schema=public&table=tasks')
  expect(body['indexes']).toEqual([
    {
      schema: 'public',
      table: 'tasks',
      name: 'tasks_pkey',
      method: 'btree',
      unique: true,
      primary: true,
      valid: true,
      constraint: true,
      columns: ['id'],
      where: null,
      definition: 'CREATE UNIQUE INDEX tasks_pkey ON public.tasks USING btree (id)',
      bytes: expect.any(Number),
      scans: expect.any(Number),
    },
  ])
})

test('an index over columns and expressions, of some rows, gets a name of its own', async () => {
  const { status, body } = await make({
    columns: [{ name: odd }, { expression: 'lower(name)' }],
    unique: true,
    where: 'id > 0',
  })
  expect([status, body['message']]).toEqual([201, undefined])
  expect(body['index']).toMatchObject({ name: `tasks_${odd}_expr_idx`, unique: true, where: '(id > 0)' })
  const path = `/indexes/public/${encodeURIComponent(`tasks_${odd}_expr_idx`)}`
  expect((await platform.ask('DELETE', path)).status).toBe(200)
})

test('an index is built and removed without keeping writers waiting', async () => {
  const { status, body } = await make({ columns: [{ name: 'name' }], name: 'slow', concurrently: true })
  expect([status, body['message']]).toEqual([201, undefined])
  expect(body['sql']).toContain('create index concurrently "slow"')
  expect((await platform.ask('DELETE', '/indexes/public/slow?concurrently=true')).status).toBe(200)
  expect((await platform.ask('DELETE', '/indexes/public/slow')).body['code']).toBe('platform.object-unknown')
})

test('a build besides others that fails leaves nothing, and not what was there before', async () => {
  const failed = await make({ columns: [{ name: 'name' }], name: 'twins', unique: true, concurrently: true })
  expect([failed.status, failed.body['code']]).toEqual([409, '23505'])
  expect(await platform.query(`select to_regclass('twins') as left_over`)).toEqual([{ left_over: null }])
  await make({ columns: [{ name: 'name' }], name: 'twins' })
  const again = await make({ columns: [{ name: 'name' }], name: 'twins', concurrently: true })
  expect([again.status, again.body['code']]).toEqual([400, '42P07'])
  expect((await platform.ask('DELETE', '/indexes/public/twins')).status).toBe(200)
})

test.each([
  { columns: [{ expression: 'lower(name)); drop table tasks; --' }] },
  { columns: [{ name: 'name' }], where: 'true); drop table tasks; --' },
  { columns: [] },
  { columns: [{ name: 'name' }], method: 'btree (id); drop table tasks; --' },
])('what would leave its place is refused: %j', async (body) => {
  expect((await make(body)).status).toBe(400)
  expect(await platform.query(`select to_regclass('tasks') is not null as there`)).toEqual([{ there: true }])
})
