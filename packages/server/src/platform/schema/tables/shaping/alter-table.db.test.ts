import { Client } from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import { openTestPlatform, type TestPlatform } from '../platform-over.test-support.ts'
import type { TableDetail } from '../reading/table.ts'

let platform: TestPlatform

beforeAll(async () => {
  platform = await openTestPlatform()
  await platform.query('create schema elsewhere')
})
beforeEach(async () => {
  await platform.query(`
    drop table if exists tasks, people, jobs, copy, elsewhere.jobs cascade;
    create table people (id bigint primary key);
    insert into people values (1), (7);
    create table tasks (
      id bigint primary key, name text not null default 'x' check (name <> ''), rank text default '3',
      code text unique, person bigint constraint owner references people);
    create unique index loose on tasks (rank);
    insert into tasks (id, code, rank) values (5, 'a', '1');`)
})
afterAll(async () => await platform.close())

const change = async (body: object) => await platform.ask('PATCH', '/tables/public/tasks', body)

async function read(path = 'public/tasks'): Promise<TableDetail> {
  return (await platform.ask('GET', `/tables/${path}`)).body as unknown as TableDetail
}

test('columns are added, changed and dropped at once', async () => {
  const { version } = await read()
  const { status, body } = await change({
    version,
    columns: {
      add: [
        { name: 'done', type: 'bool', nullable: false, default: { kind: 'literal', value: 'false' }, comment: 'yet?' },
      ],
      change: [
        { name: 'name', newName: 'title', default: null, nullable: true, comment: 'short' },
        { name: 'rank', type: 'int4', unique: false },
        { name: 'code', unique: false },
      ],
      drop: ['person'],
    },
  })
  expect([status, body['message']]).toEqual([200, undefined])
  expect((await read()).columns).toMatchObject([
    { name: 'id' },
    { name: 'title', default: null, nullable: true, comment: 'short' },
    { name: 'rank', type: 'integer', default: expect.stringContaining('3'), unique: false },
    { name: 'code', unique: false },
    { name: 'done', default: 'false', comment: 'yet?' },
  ])
})

test('a type changes by the expression that is given', async () => {
  const using = 'length(rank) > 0'
  const { body } = await change({ columns: { change: [{ name: 'rank', type: 'bool', using, default: null }] } })
  expect(body).toMatchObject({ table: { columns: { 2: { type: 'boolean', default: null } } } })
})

test('values that do not fit the new type are refused, and nothing has changed', async () => {
  const { version } = await read()
  const { status, body } = await change({
    columns: { change: [{ name: 'code', type: 'int8' }], add: [{ name: 'b', type: 'text' }] },
  })
  expect([status, body['code']]).toEqual([400, '22P02'])
  expect((await read()).version).toBe(version)
})

test('an identity counts on from the rows that are there, and goes again', async () => {
  await change({ columns: { change: [{ name: 'id', identity: 'by default' }] } })
  expect(await platform.query(`insert into tasks (rank) values ('2') returning id`)).toEqual([{ id: '6' }])
  await change({ columns: { change: [{ name: 'id', identity: 'always' }] } })
  expect((await read()).columns[0]?.identity).toBe('always')
  await change({ columns: { change: [{ name: 'id', identity: null }] } })
  expect((await read()).columns[0]?.identity).toBeNull()
})

test('keys, uniqueness and checks come and go', async () => {
  const { status } = await change({
    primaryKey: ['id', 'name'],
    columns: { change: [{ name: 'name', unique: true }] },
    foreignKeys: {
      drop: ['owner'],
      add: [{ columns: ['person'], referencedTable: 'people', referencedColumns: ['id'], onDelete: 'set null' }],
    },
    checks: { drop: ['tasks_name_check'], add: [{ name: 'long', expression: 'length(name) > 0' }] },
  })
  expect(status).toBe(200)
  const { columns, foreignKeys } = await read()
  expect(columns.filter(({ primaryKey }) => primaryKey).map(({ name }) => name)).toEqual(['id', 'name'])
  expect(columns[1]).toMatchObject({ unique: true, checks: [{ name: 'long' }] })
  expect(foreignKeys).toMatchObject([{ name: 'tasks_person_fkey', onDelete: 'set null' }])
})

test('a table is renamed, moved, described, protected and announced', async () => {
  const { status, body } = await change({
    name: 'jobs',
    schema: 'elsewhere',
    comment: 'Jobs',
    rowSecurity: true,
    forceRowSecurity: true,
    realtime: true,
  })
  expect([status, body['message']]).toEqual([200, undefined])
  expect(await read('elsewhere/jobs')).toMatchObject({
    comment: 'Jobs',
    rowSecurity: true,
    forceRowSecurity: true,
    realtime: true,
  })
})

test('a form that was opened before somebody else changed the columns is refused', async () => {
  const { version } = await read()
  await platform.query('alter table tasks add later int')
  const { status, body } = await change({ version, columns: { change: [{ name: 'name', nullable: true }] } })
  expect([status, body['code']]).toEqual([409, 'platform.table-changed'])
})

test('a column that is gone is named', async () => {
  const { status, body } = await change({ columns: { drop: ['nothing'] } })
  expect([status, body['code'], body['details']]).toEqual([
    409,
    'platform.table-changed',
    'It has no column “nothing” any more.',
  ])
})

test('a table that somebody holds is refused after a while, not waited for', async () => {
  const other = new Client(platform.settings())
  await other.connect()
  await other.query('begin; lock table tasks in access exclusive mode')
  try {
    const { status, body } = await change({ comment: 'x' })
    expect([status, body['code']]).toEqual([409, 'platform.busy'])
    const listed = await platform.ask('GET', '/tables?schema=public')
    expect(listed.body['tables']).toContainEqual(expect.objectContaining({ name: 'tasks', bytes: null }))
  } finally {
    await other.end()
  }
})

test('views are described and renamed', async () => {
  await platform.query('create view copy as select id from tasks')
  const { body } = await platform.ask('PATCH', '/tables/public/copy', { name: 'seen', comment: 'a view' })
  expect(body).toMatchObject({ table: { kind: 'view', name: 'seen', comment: 'a view' } })
  expect((await platform.ask('DELETE', '/tables/public/seen')).status).toBe(200)
})

test('a table that others need is dropped only with them, and they are told', async () => {
  await platform.query('create view copy as select id from people')
  const refused = await platform.ask('DELETE', '/tables/public/people')
  expect(refused).toMatchObject({ status: 400, body: { code: '2BP01', details: expect.stringContaining('view copy') } })
  const { status, body } = await platform.ask('DELETE', '/tables/public/people?cascade=true')
  expect(status).toBe(200)
  expect(body['cascaded']).toEqual(
    expect.arrayContaining([expect.stringContaining('view copy'), expect.stringContaining('constraint owner')]),
  )
})

test('a table is duplicated with its structure, and with its rows if asked', async () => {
  await change({
    comment: 'T',
    rowSecurity: true,
    columns: { change: [{ name: 'id', identity: 'always' }] },
  })
  const { status, body } = await platform.ask('POST', '/tables/public/tasks/duplicate', { name: 'copy', rows: true })
  expect([status, body['message']]).toEqual([201, undefined])
  expect(await read('public/copy')).toMatchObject({
    comment: 'T',
    rowSecurity: true,
    columns: [{ identity: 'always', primaryKey: true }, { default: `'x'::text` }, {}, { unique: true }, {}],
    foreignKeys: [{ referencedTable: 'people' }],
  })
  expect(await platform.query(`insert into copy (rank) values ('9') returning id`)).toEqual([{ id: '6' }])
  expect(await platform.query('select id from copy where id = 5')).toEqual([{ id: '5' }])
})
