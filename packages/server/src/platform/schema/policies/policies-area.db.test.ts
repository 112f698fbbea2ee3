import { createTestDatabase, type TestDatabase } from '@tenon/testing'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import { openPlatformDatabase, type PlatformDatabase } from '../../database/platform-database.ts'
import { platformDoor } from '../../platform-door.ts'
import { policiesArea } from './policies-area.ts'

let testDatabase: TestDatabase
let database: PlatformDatabase
let app: FastifyInstance

beforeAll(async () => {
  testDatabase = await createTestDatabase()
  database = openPlatformDatabase({ connection: testDatabase.settings(), onLost: () => undefined })
  app = Fastify()
  await app.register(platformDoor([policiesArea(database)]))
})
afterAll(async () => {
  await app.close()
  await database.close()
  await testDatabase.drop()
})
beforeEach(async () => {
  await testDatabase.query(`
    drop table if exists tasks; drop table if exists kept; drop schema if exists "odd ""; --" cascade;
    create table tasks (id bigint primary key, name text, user_id text not null);
    create table kept (id int);
    insert into tasks values (1, 'one', 'user_1'), (2, 'two', 'user_1'), (3, 'three', 'user_2')`)
})

type Answer = Readonly<Record<string, unknown>>

async function ask(method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE', url: string, body?: object) {
  const answer = await app.inject({ method, url, ...(body !== undefined && { payload: body }) })
  return { status: answer.statusCode, body: answer.json<Answer>() }
}

const person = (sub: string) => ({ role: 'authenticated', claims: { sub } })
const own = `(select auth.jwt()->>'sub') = user_id`

async function tasks(): Promise<Answer> {
  const { body } = await ask('GET', '/policies?schema=public')
  return (body['tables'] as Answer[]).find(({ table }) => table === 'tasks') ?? {}
}

test('a policy is created, listed, changed in place and removed', async () => {
  const made = await ask('POST', '/policies', { name: 'own tasks', table: 'tasks', command: 'SELECT', using: own })
  expect(made.status).toBe(201)
  expect(made.body).toMatchObject({
    policy: { name: 'own tasks', behaviour: 'permissive', command: 'SELECT', roles: ['public'], check: null },
    sql: `create policy "own tasks" on "public"."tasks"\n  as permissive for select to public\n  using (\n  ${own}\n);`,
  })
  expect(await tasks()).toMatchObject({
    rowSecurity: { enabled: false, forced: false },
    columns: [{ name: 'id', indexed: true }, { name: 'name' }, { name: 'user_id', type: 'text', indexed: false }],
    policies: [{ name: 'own tasks', columns: ['user_id'], volatileFunctions: [] }],
    findings: [{ name: 'policy_exists_rls_disabled', policy: null }, { name: 'unindexed_policy_column' }],
  })
  const changed = await ask('PATCH', '/policies/public/tasks/own%20tasks', {
    name: 'hers',
    roles: ['authenticated', 'anon'],
    comment: "each one's own",
  })
  expect(changed.body).toMatchObject({
    policy: { name: 'hers', roles: ['anon', 'authenticated'], comment: "each one's own" },
  })
  expect(await ask('DELETE', '/policies/public/tasks/hers')).toEqual({
    status: 200,
    body: { sql: 'drop policy "hers" on "public"."tasks";' },
  })
  expect(await tasks()).toMatchObject({ policies: [] })
})

test('a table of Realtime is told of until its deleted rows bring what its policies read', async () => {
  await testDatabase.query(`
    alter table tasks enable row level security;
    create policy own on tasks for select using (${own});
    create index on tasks (user_id)`)
  expect(await tasks()).toMatchObject({ realtime: false, findings: [] })
  await testDatabase.query('alter publication supabase_realtime add table tasks')
  expect(await tasks()).toMatchObject({
    realtime: true,
    columns: [
      { name: 'id', inOldRow: true },
      { name: 'name', inOldRow: false },
      { name: 'user_id', inOldRow: false },
    ],
    findings: [{ name: 'realtime_deletes_not_judged' }],
  })
  await testDatabase.query('alter table tasks replica identity full')
  expect(await tasks()).toMatchObject({ findings: [] })
  await testDatabase.query(`
    create unique index tasks_old on tasks (id, user_id); alter table tasks replica identity using index tasks_old`)
  expect(await tasks()).toMatchObject({
    columns: [{ inOldRow: true }, { inOldRow: false }, { inOldRow: true }],
    findings: [],
  })
  await testDatabase.query('alter table tasks replica identity nothing')
  expect(await tasks()).toMatchObject({ columns: [{ inOldRow: false }, { inOldRow: false }, { inOldRow: false }] })
})

test('another command makes the policy anew in one transaction and keeps its comment', async () => {
  await ask('POST', '/policies', { name: 'p', table: 'tasks', command: 'SELECT', using: own, comment: 'why' })
  const changed = await ask('PATCH', '/policies/public/tasks/p', { command: 'ALL', check: own })
  expect(changed.body).toMatchObject({ policy: { command: 'ALL', comment: 'why' } })
  expect(changed.body['sql']).toMatch(/^drop policy "p"[^;]*;\ncreate policy "p"/)
  const failed = await ask('PATCH', '/policies/public/tasks/p', { behaviour: 'restrictive', using: 'no_such_column' })
  expect(failed).toMatchObject({ status: 400, body: { code: '42703' } })
  expect(await tasks()).toMatchObject({ policies: [{ name: 'p', behaviour: 'permissive' }] })
})

test('a policy that somebody else changed meanwhile is not changed over her', async () => {
  const made = await ask('POST', '/policies', { name: 'p', table: 'tasks', command: 'SELECT', using: own })
  const { behaviour, command, roles, using, check } = made.body['policy'] as Answer
  const expected = { behaviour, command, roles, using, check }
  expect(await ask('PATCH', '/policies/public/tasks/p', { using: 'true', expected })).toMatchObject({ status: 200 })
  expect(await ask('PATCH', '/policies/public/tasks/p', { using: 'false', expected })).toMatchObject({
    status: 409,
    body: { code: 'platform.policy-changed', hint: expect.stringContaining('Read the policy again') },
  })
  expect(await tasks()).toMatchObject({ policies: [{ using: 'true' }] })
})

test('hostile names of schema, table, policy and role are names and nothing else', async () => {
  const schema = 'odd "; --'
  const table = `t'; drop table kept; --`
  const role = `r"; drop ${testDatabase.name}`.slice(0, 60)
  await testDatabase.query(
    `create schema "odd ""; --"; create table "odd ""; --"."${table}" (id int); create role "${role.replaceAll('"', '""')}"`,
    'supabase_admin',
  )
  await testDatabase.query(
    `alter schema "odd ""; --" owner to postgres; alter table "odd ""; --"."${table}" owner to postgres`,
    'supabase_admin',
  )
  const name = `"); drop table kept; --`
  const made = await ask('POST', '/policies', { name, schema, table, command: 'ALL', roles: [role], using: 'true' })
  expect(made.body).toMatchObject({ policy: { name, roles: [role] } })
  const path = [schema, table].map(encodeURIComponent).join('/')
  expect(await ask('PUT', `/tables/${path}/row-security`, { enabled: true, forced: true })).toMatchObject({
    body: { rowSecurity: { enabled: true, forced: true } },
  })
  const renamed = `x" on kept; --`
  const at = `/policies/${path}/${encodeURIComponent(name)}`
  expect(await ask('PATCH', at, { name: renamed, comment: `'; drop table kept; --` })).toMatchObject({ status: 200 })
  expect(await ask('DELETE', `/policies/${path}/${encodeURIComponent(renamed)}`)).toMatchObject({ status: 200 })
  expect(await testDatabase.query(`select to_regclass('kept') is not null as kept`)).toEqual([{ kept: true }])
  await testDatabase.query(`drop role "${role.replaceAll('"', '""')}"`, 'supabase_admin')
})

test.each([
  ['true); drop table kept; --', 'a ) closes nothing that was opened in it'],
  ['true; drop table kept', 'it has a semicolon: only one expression may stand here'],
  ["name = 'open", 'a string begins here and does not end'],
])('an expression that would leave its place is refused: %s', async (using, reason) => {
  const refused = await ask('POST', '/policies', { name: 'p', table: 'tasks', command: 'SELECT', using })
  expect(refused).toMatchObject({
    status: 400,
    body: { code: 'platform.expression-invalid', message: `USING must be one expression, but ${reason}` },
  })
  const trial = await ask('POST', '/policies/check', { table: 'tasks', command: 'SELECT', using })
  expect(trial).toMatchObject({ status: 400, body: { code: 'platform.expression-invalid' } })
  expect(await testDatabase.query(`select to_regclass('kept') is not null as kept`)).toEqual([{ kept: true }])
})

test.each([
  [{ command: 'INSERT', using: 'true', check: 'true' }, /WITH CHECK alone/],
  [{ command: 'INSERT' }, /needs a WITH CHECK/],
  [{ command: 'SELECT', using: 'true', check: 'true' }, /USING alone/],
  [{ command: 'DELETE' }, /needs a USING/],
  [{ command: 'UPDATE' }, /needs a USING or a WITH CHECK/],
])('a command is held to the expressions it takes: %j', async (clauses, message) => {
  const refused = await ask('POST', '/policies', { name: 'p', table: 'tasks', ...clauses })
  expect(refused).toMatchObject({ status: 400, body: { code: 'platform.policy-clauses' } })
  expect(refused.body['message']).toMatch(message)
})

test('what is not there, what there is already and what is no SQL is told', async () => {
  expect(await ask('DELETE', '/policies/public/tasks/none')).toMatchObject({
    status: 404,
    body: { code: 'platform.policy-unknown', message: 'There is no policy "none" on public.tasks' },
  })
  const policy = { name: 'p', table: 'tasks', command: 'SELECT', using: own }
  await ask('POST', '/policies', policy)
  expect(await ask('POST', '/policies', policy)).toMatchObject({ body: { code: '42710' } })
  expect(await ask('POST', '/policies', { ...policy, table: 'none' })).toMatchObject({ body: { code: '42P01' } })
  expect(await ask('POST', '/policies', { ...policy, using: 'user_id =' })).toMatchObject({ body: { code: '42601' } })
  expect(await ask('POST', '/policies', { ...policy, name: 'ä'.repeat(32) })).toMatchObject({ status: 400 })
})

test('a preview runs nothing', async () => {
  const preview = await ask('POST', '/policies', {
    name: 'p',
    table: 'tasks',
    command: 'SELECT',
    using: own,
    preview: true,
  })
  expect(preview).toMatchObject({ status: 200, body: { sql: expect.stringContaining('create policy "p"') } })
  await ask('PUT', '/tables/public/tasks/row-security', { enabled: true, preview: true })
  expect(await tasks()).toMatchObject({ policies: [], rowSecurity: { enabled: false } })
})

test('a trial says what each person would see before and after, and keeps nothing', async () => {
  const trial = await ask('POST', '/policies/check', {
    table: 'tasks',
    command: 'SELECT',
    using: own,
    identities: [person('user_1'), person('user_2'), { role: 'anon' }],
  })
  const all = { rows: 3, more: false }
  expect(trial.body).toMatchObject({
    using: "(( SELECT auth.jwt() ->> 'sub'::text)) = user_id",
    total: all,
    views: [
      { ...person('user_1'), before: all, after: { rows: 2, more: false } },
      { ...person('user_2'), before: all, after: { rows: 1, more: false } },
      { role: 'anon', claims: null, before: all, after: { rows: 0, more: false } },
    ],
  })
  expect(await tasks()).toMatchObject({ policies: [], rowSecurity: { enabled: false } })
})

test('a trial tells whose view fails, and why, and looks through the next eyes all the same', async () => {
  const trial = await ask('POST', '/policies/check', {
    table: 'tasks',
    command: 'SELECT',
    using: 'auth.uid()::text = user_id',
    identities: [{ role: 'authenticated', claims: { sub: 'user_1' } }, { role: 'no_such_role' }, { role: 'anon' }],
  })
  expect(trial.body['views']).toMatchObject([
    { after: { problem: 'invalid input syntax for type uuid: "user_1"' } },
    { after: { problem: 'role "no_such_role" does not exist' } },
    { after: { rows: 0 } },
  ])
})

test('a trial in place of a policy looks without that one', async () => {
  await ask('POST', '/policies', { name: 'all', table: 'tasks', command: 'SELECT', using: 'true' })
  const trial = { table: 'tasks', name: 'all', replaces: 'all', command: 'SELECT', using: own }
  const identities = [{ role: 'authenticated', claims: { sub: 'user_2' } }]
  expect(await ask('POST', '/policies/check', { ...trial, identities })).toMatchObject({
    body: { views: [{ before: { rows: 3 }, after: { rows: 1 } }] },
  })
  expect(await tasks()).toMatchObject({ policies: [{ name: 'all', using: 'true' }] })
})

test('counting ends at a thousand rows', async () => {
  await testDatabase.query(`insert into tasks select n, 'n', 'user_1' from generate_series(10, 1200) n`)
  const trial = { table: 'tasks', command: 'SELECT', using: own }
  const identities = [{ role: 'authenticated', claims: { sub: 'user_1' } }]
  expect(await ask('POST', '/policies/check', { ...trial, identities })).toMatchObject({
    body: { total: { rows: 1000, more: true }, views: [{ after: { rows: 1000, more: true } }] },
  })
})

test('an expression that takes long is given up, and those after it are not waited for', async () => {
  const using = 'pg_sleep(20) is not null'
  const identities = Array.from({ length: 5 }, (_each, index) => person(`user_${index}`))
  const trial = await ask('POST', '/policies/check', { table: 'tasks', command: 'SELECT', using, identities })
  const views = trial.body['views'] as { readonly after: { readonly problem: string } }[]
  expect(views[0]?.after.problem).toBe('canceling statement due to statement timeout')
  expect(views.at(-1)?.after.problem).toBe('not asked: those before took too long')
})
