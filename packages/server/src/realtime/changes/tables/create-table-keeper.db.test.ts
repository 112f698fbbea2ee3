import { createTestDatabase, type TestDatabase } from '@tenon/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { openDatabase, type OpenDatabase } from '../../../database/pipeline/open-database.ts'
import { createTableKeeper } from './create-table-keeper.ts'
import type { RoleFacts, TableFacts, TableKeeper } from './table-facts.ts'

let made: TestDatabase
let database: OpenDatabase
let keeper: TableKeeper

const suffix = crypto.randomUUID().slice(0, 8)
const [owner, member, outsider] = [`facts_owner_${suffix}`, `facts_member_${suffix}`, `facts_outsider_${suffix}`]

const fixture = `
  create type public.mood as enum ('sad', 'ok');
  create domain public.code as text;
  create collation public.nd (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
  create table public.tasks (
    b int, a int, title varchar(40), feels public.mood, code public.code, folded text collate public.nd,
    hidden text, primary key (a, b)
  );
  alter table public.tasks enable row level security;
  create policy later on public.tasks for select to authenticated using (title = lower(title));
  create policy everything on public.tasks as restrictive using (feels = 'ok'::public.mood);
  create policy writes on public.tasks for insert with check (true);
  create policy bare on public.tasks for all with check (true);
  revoke all on public.tasks from anon, authenticated;
  grant select (a, b) on public.tasks to anon;
  grant select (title) on public.tasks to public;
  create schema closed;
  create table closed.tasks (id int);
  grant select on closed.tasks to anon;
  create table public.days (id int, day date, primary key (id, day)) partition by range (day);
  create table public.days_2026 partition of public.days for values from ('2026-01-01') to ('2027-01-01');
  alter publication supabase_realtime add table public.days;
  create table public.plain (id int not null, note text);
  create unique index plain_id on public.plain (id);
  alter table public.plain replica identity using index plain_id;
`

beforeAll(async () => {
  made = await createTestDatabase()
  await made.query(fixture)
  await made.query(
    `create role ${owner}; create role ${member} in role ${owner}; create role ${outsider};
     grant ${owner} to ${outsider} with inherit false;
     grant all on schema public to ${owner};
     alter table public.plain owner to ${owner}; alter table public.plain enable row level security`,
    'supabase_admin',
  )
  database = openDatabase({ url: made.url('authenticator'), size: 2 })
  const options = { readerRole: 'authenticator', publication: 'supabase_realtime', extraSearchPath: ['extensions'] }
  keeper = createTableKeeper({ database, ...options })
})

afterAll(async () => {
  await database.close()
  await made.query(`drop owned by ${owner}; drop role ${member}, ${outsider}, ${owner}`, 'supabase_admin')
  await made.drop()
})

async function tableOf(name: string, schema = 'public'): Promise<TableFacts> {
  const facts = await keeper.table(schema, name)
  if (facts === null) throw new Error(`${schema}.${name} is not there`)
  return facts
}

async function roleOn(table: string, role: string, schema = 'public'): Promise<RoleFacts> {
  return await keeper.role((await tableOf(table, schema)).oid, role)
}

async function arePublished(...names: readonly string[]): Promise<boolean[]> {
  return await Promise.all(names.map(async (name) => (await tableOf(name)).isPublished))
}

async function bypasses(role: string): Promise<boolean> {
  return (await roleOn('plain', role)).bypassesRowSecurity
}

describe('of a table', () => {
  test('columns come with their types and their collation, in the order of the table', async () => {
    const { columns, hasNondeterministicCollations } = await tableOf('tasks')
    expect(columns.map(({ name, typeName, typeSql, typeKind }) => [name, typeName, typeSql, typeKind])).toEqual([
      ['b', 'int4', 'integer', 'base'],
      ['a', 'int4', 'integer', 'base'],
      ['title', 'varchar', 'character varying(40)', 'base'],
      ['feels', 'mood', 'public.mood', 'enum'],
      ['code', 'code', 'public.code', 'domain'],
      ['folded', 'text', 'text', 'base'],
      ['hidden', 'text', 'text', 'base'],
    ])
    expect(columns.filter(({ isDeterministic }) => !isDeterministic).map(({ name }) => name)).toEqual(['folded'])
    expect(hasNondeterministicCollations).toBe(true)
  })

  test('the primary key is in key order and is what the default identity carries', async () => {
    const { primaryKey, identityColumns, replicaIdentity } = await tableOf('tasks')
    expect({ primaryKey, identityColumns, replicaIdentity }).toEqual({
      primaryKey: ['a', 'b'],
      identityColumns: ['b', 'a'],
      replicaIdentity: 'default',
    })
  })

  test('an index can be the replica identity', async () => {
    const { primaryKey, identityColumns, replicaIdentity } = await tableOf('plain')
    expect({ primaryKey, identityColumns, replicaIdentity }).toEqual({
      primaryKey: [],
      identityColumns: ['id'],
      replicaIdentity: 'index',
    })
  })

  test('policies are those that let rows be read, printed with and without schemas', async () => {
    const { policies, searchPath } = await tableOf('tasks')
    expect(searchPath).toBe('"public", "extensions"')
    expect(policies).toEqual([
      {
        name: 'everything',
        isPermissive: false,
        roles: [],
        using: "(feels = 'ok'::public.mood)",
        usingInPath: "(feels = 'ok'::mood)",
      },
      {
        name: 'later',
        isPermissive: true,
        roles: ['authenticated'],
        using: '((title)::text = lower((title)::text))',
        usingInPath: '((title)::text = lower((title)::text))',
      },
    ])
  })

  test('a partitioned table is published as its partitions, or as itself where the publication says so', async () => {
    expect(await arePublished('days', 'days_2026')).toEqual([false, true])
    await made.query('alter publication supabase_realtime set (publish_via_partition_root = true)', 'supabase_admin')
    keeper.forget()
    expect(await arePublished('days', 'days_2026')).toEqual([true, false])
  })

  test('what is no table is null', async () => {
    expect(await keeper.table('public', 'nothing')).toBeNull()
    expect(await keeper.table('auth', 'jwt')).toBeNull()
  })
})

describe('of a role', () => {
  test('columns are readable by grants to it, to PUBLIC and to the roles it inherits from', async () => {
    expect([...(await roleOn('tasks', 'anon')).readableColumns]).toEqual(['b', 'a', 'title'])
    expect([...(await roleOn('tasks', 'authenticated')).readableColumns]).toEqual(['title'])
    expect([...(await roleOn('plain', member)).readableColumns]).toEqual(['id', 'note'])
    expect([...(await roleOn('plain', outsider)).readableColumns]).toEqual([])
  })

  test('nothing is readable in a schema that it may not enter', async () => {
    const { readableColumns, schemas } = await roleOn('tasks', 'anon', 'closed')
    expect([...readableColumns]).toEqual([])
    expect([schemas.has('public'), schemas.has('closed')]).toEqual([true, false])
  })

  test('row security does not hold for BYPASSRLS, nor for who has the privileges of the owner, without FORCE', async () => {
    const roles = ['service_role', 'supabase_admin', owner, member, outsider, 'authenticated']
    expect(await Promise.all(roles.map(bypasses))).toEqual([true, true, true, true, false, false])
    await made.query('alter table public.plain force row level security', 'supabase_admin')
    keeper.forget()
    expect(await Promise.all(roles.map(bypasses))).toEqual([true, true, false, false, false, false])
  })

  test('it inherits from the roles that it is a member of with inheritance', async () => {
    expect((await roleOn('plain', member)).inherits.has(owner)).toBe(true)
    const { inherits } = await roleOn('plain', outsider)
    expect([...inherits]).toEqual([outsider])
  })

  test('one that does not exist is refused, and once it does it is known', async () => {
    const { oid } = await tableOf('plain')
    const late = `facts_late_${suffix}`
    await expect(keeper.role(oid, late)).rejects.toMatchObject({ detail: { sqlstate: '42704' } })
    await made.query(`create role ${late}`, 'supabase_admin')
    expect((await keeper.role(oid, late)).role).toBe(late)
    await made.query(`drop role ${late}`, 'supabase_admin')
  })

  test('a table that does not exist is refused', async () => {
    await expect(keeper.role(1, 'anon')).rejects.toMatchObject({ detail: { sqlstate: '42P01' } })
  })
})
