import { afterAll, beforeAll, expect, test } from 'vitest'

import { openTestPlatform, type TestPlatform } from '../platform-over.test-support.ts'

let platform: TestPlatform

beforeAll(async () => {
  platform = await openTestPlatform()
  await platform.query(`
    create type mood as enum ('sad', 'happy');
    create schema other;
    create table people (id uuid primary key default gen_random_uuid());
    create function requesting_user_id() returns text language sql stable as $$ select auth.jwt()->>'sub' $$;`)
})
afterAll(async () => await platform.close())

const id = { name: 'id', type: 'int8', identity: 'by default', primaryKey: true, nullable: false }

test('the tutorial’s table is made as its form asks for it', async () => {
  const { status, body } = await platform.ask('POST', '/tables', {
    name: 'tasks',
    comment: 'What is to be done',
    realtime: true,
    columns: [
      id,
      { name: 'name', type: 'text', nullable: false },
      { name: 'user_id', type: 'text', default: { kind: 'expression', value: 'requesting_user_id()' } },
      { name: 'sub', type: 'text', default: { kind: 'expression', value: `auth.jwt()->>'sub'` } },
    ],
  })
  expect(status).toBe(201)
  expect(body['table']).toMatchObject({
    schema: 'public',
    comment: 'What is to be done',
    rowSecurity: true,
    realtime: true,
    columns: [
      { name: 'id', type: 'bigint', identity: 'by default', primaryKey: true },
      { name: 'name', nullable: false },
      { name: 'user_id', default: 'requesting_user_id()' },
      { name: 'sub', default: `(auth.jwt() ->> 'sub'::text)` },
    ],
  })
  expect(body['sql']).toContain('alter table "public"."tasks" enable row level security;')
})

test('columns may be arrays, unique, checked, generated, described, of any type and refer to others', async () => {
  const { status, body } = await platform.ask('POST', '/tables', {
    name: 'things',
    rowSecurity: false,
    columns: [
      { name: 'a', type: 'uuid', unique: true },
      { name: 'tags', type: 'text', isArray: true, default: { kind: 'literal', value: '{a,b}' } },
      { name: 'feeling', type: 'mood', default: { kind: 'literal', value: 'sad' }, comment: 'it’s' },
      { name: 'price', type: 'numeric(10, 2)', check: 'price > 0' },
      { name: 'double', type: 'numeric', generated: 'price * 2' },
    ],
    foreignKeys: [
      {
        columns: ['a'],
        referencedTable: 'people',
        referencedColumns: ['id'],
        onDelete: 'cascade',
        onUpdate: 'set null',
      },
    ],
  })
  expect(status).toBe(201)
  expect(body['table']).toMatchObject({
    rowSecurity: false,
    columns: [
      { unique: true },
      { type: 'text[]', default: `'{a,b}'::text[]` },
      { type: 'mood', default: `'sad'::mood`, comment: 'it’s' },
      { type: 'numeric(10,2)', checks: [{ expression: expect.stringContaining('price >') }] },
      { generated: expect.stringContaining('price *') },
    ],
    foreignKeys: [{ referencedTable: 'people', onDelete: 'cascade', onUpdate: 'set null' }],
  })
})

const hostile = [
  `"; drop table people; --`,
  `o'clock \\ $$ "quoted"`,
  'select',
  'Ünïcode 名前 🦉',
  ' spaces  around ',
  'x'.repeat(63),
  '%s %I ${x}',
]

test.each(hostile)('a name is taken as it is: %s', async (name) => {
  const { status, body } = await platform.ask('POST', '/tables', {
    schema: 'other',
    name,
    comment: name,
    columns: [{ ...id, name, comment: name }],
    foreignKeys: [{ columns: [name], referencedSchema: 'other', referencedTable: name, referencedColumns: [name] }],
  })
  expect(body).toMatchObject({ table: { name, comment: name, columns: [{ name, comment: name }] } })
  expect(status).toBe(201)
  const path = `/tables/other/${encodeURIComponent(name)}`
  const changed = await platform.ask('PATCH', path, {
    columns: {
      change: [{ name, newName: 'plain' }],
      add: [{ name, type: 'text', default: { kind: 'literal', value: name } }],
    },
  })
  expect(changed.body).toMatchObject({ table: { columns: [{ name: 'plain' }, { name }] } })
  expect((await platform.ask('DELETE', path)).status).toBe(200)
})

test('a name that is too long or empty is refused before Postgres cuts it off', async () => {
  for (const name of ['x'.repeat(64), 'é'.repeat(32), '']) {
    expect((await platform.ask('POST', '/tables', { name })).status).toBe(400)
  }
})

test('two columns of one name are told', async () => {
  const { status, body } = await platform.ask('POST', '/tables', { name: 'twins', columns: [id, id] })
  expect([status, body['message']]).toEqual([400, expect.stringContaining('two columns are named “id”')])
})

test('a table that exists already is refused, and nothing of the second one is left', async () => {
  const { status, body } = await platform.ask('POST', '/tables', { name: 'people', columns: [id] })
  expect([status, body['code']]).toEqual([400, '42P07'])
})

test.each(['nothing', 'int8; drop table people', 'int8, b text', 'int8 default 1', 'int8 /*', 'setof'])(
  'what is no type is refused: %s',
  async (type) => {
    const { status, body } = await platform.ask('POST', '/tables', { name: 'bad', columns: [{ name: 'a', type }] })
    expect([status, body['code']]).toEqual([400, 'platform.type-unknown'])
  },
)

test('a comment in a type hides nothing', async () => {
  const columns = [{ name: 'a', type: 'int8 --', nullable: false }]
  const { body } = await platform.ask('POST', '/tables', { name: 'commented', columns })
  expect(body).toMatchObject({ table: { columns: [{ nullable: false }] } })
})

test.each(['1); drop table people; --', '1; select 1', '1) check (true', ''])(
  'an expression cannot leave its place: %s',
  async (value) => {
    const columns = [{ name: 'a', type: 'int8', default: { kind: 'expression', value } }]
    expect((await platform.ask('POST', '/tables', { name: 'bad', columns })).status).toBe(400)
    expect(await platform.query(`select to_regclass('people') is not null as there`)).toEqual([{ there: true }])
  },
)

test('a preview shows the statements and makes nothing', async () => {
  const { status, body } = await platform.ask('POST', '/tables', { name: 'shown', columns: [id], preview: true })
  expect(status).toBe(200)
  expect(body).toEqual({
    sql: expect.stringMatching(/^create table "public"."shown" \(\n {2}"id" int8 generated by default/),
  })
  expect((await platform.ask('GET', '/tables/public/shown')).status).toBe(404)
})

test('if a later statement fails, the table is not there', async () => {
  const columns = [{ name: 'a', type: 'text', comment: 'x' }]
  await platform.query('alter publication supabase_realtime rename to elsewhere')
  const { status } = await platform.ask('POST', '/tables', { name: 'half', realtime: true, columns })
  await platform.query('alter publication elsewhere rename to supabase_realtime')
  expect(status).toBe(400)
  expect((await platform.ask('GET', '/tables/public/half')).status).toBe(404)
})
