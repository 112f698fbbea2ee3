import { createTestDatabase, type TestDatabase } from '@tenon/testing'
import { Client } from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { bootstrap, type BootstrapOptions } from './bootstrap.ts'

let database: TestDatabase
let admin: Client
const options: BootstrapOptions = {
  owned: false,
  passwords: {},
  jwtSecret: 'super-secret-jwt-token-with-at-least-32-characters-long',
  jwtExpiry: 3600,
  autoExposeNewTables: true,
}
const isGivenCluster = process.env['TEST_DATABASE_URL'] !== undefined

beforeAll(async () => {
  database = await createTestDatabase()
  admin = new Client(database.settings('supabase_admin'))
  await admin.connect()
})
afterAll(async () => {
  await admin.end()
  await database.drop()
})

async function rows(text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  return (await admin.query<Record<string, unknown>>(text, values)).rows
}

async function asCaller(
  claims: object | null,
  expression: string,
  legacy: Record<string, string> = {},
): Promise<unknown> {
  await admin.query('begin')
  try {
    const settings = { ...legacy, 'request.jwt.claims': claims === null ? '' : JSON.stringify(claims) }
    await admin.query('select set_config(key, value, true) from json_each_text($1)', [JSON.stringify(settings)])
    await admin.query('set local role anon')
    return (await rows(`select ${expression} as value`))[0]?.['value']
  } finally {
    await admin.query('rollback')
  }
}

async function notices(text: string): Promise<string[]> {
  const heard: string[] = []
  const listener = new Client(database.settings('supabase_admin'))
  await listener.connect()
  listener.on('notification', ({ channel, payload }) => heard.push(`${channel}: ${payload}`))
  await listener.query('listen pgrst')
  await database.query(text)
  await listener.query('select 1')
  await listener.end()
  return heard
}

describe('the roles', () => {
  it.each([
    ['anon', { login: false, inherit: true, bypassrls: false, superuser: false }],
    ['authenticated', { login: false, inherit: true, bypassrls: false, superuser: false }],
    ['service_role', { login: false, inherit: true, bypassrls: true, superuser: false }],
    ['authenticator', { login: true, inherit: false, bypassrls: false, superuser: false }],
    ['supabase_auth_admin', { login: true, inherit: false, bypassrls: false, superuser: false }],
    ['supabase_storage_admin', { login: true, inherit: false, bypassrls: false, superuser: false }],
    ['tenon_clerk', { login: true, inherit: false, bypassrls: false, superuser: false }],
  ])('%s has its attributes', async (role, attributes) => {
    const found = await rows(
      `select rolcanlogin as login, rolinherit as inherit, rolbypassrls as bypassrls, rolsuper as superuser
       from pg_roles where rolname = $1`,
      [role],
    )
    expect(found).toEqual([attributes])
  })

  it('postgres may do what migrations need, and is no superuser in a cluster of our own', async () => {
    expect(
      await rows(`select rolsuper and not ${isGivenCluster} as rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls, rolcanlogin
                  from pg_roles where rolname = 'postgres'`),
    ).toEqual([
      {
        rolsuper: false,
        rolcreatedb: true,
        rolcreaterole: true,
        rolreplication: true,
        rolbypassrls: true,
        rolcanlogin: true,
      },
    ])
  })

  it.each([
    ['authenticator', ['anon', 'authenticated', 'service_role'], 'MEMBER', true],
    ['authenticator', ['anon', 'authenticated', 'service_role'], 'USAGE', false],
    ['postgres', ['anon', 'authenticated', 'service_role', 'supabase_storage_admin'], 'MEMBER', true],
    ['postgres', ['supabase_realtime_admin', 'pg_monitor', 'pg_signal_backend'], 'MEMBER', true],
    ['supabase_storage_admin', ['authenticator'], 'MEMBER', true],
  ])('%s and %j: %s is %s', async (member, roles, privilege, expected) => {
    const found = await rows('select bool_and(pg_has_role($1, role, $3)) as held from unnest($2::text[]) as role', [
      member,
      roles,
      privilege,
    ])
    expect(found).toEqual([{ held: expected }])
  })

  it('have their time limits', async () => {
    const found = await rows(`
      select rolname || ' ' || setting as setting from pg_db_role_setting
      join pg_roles on pg_roles.oid = setrole, unnest(setconfig) as setting
      where rolname in ('anon', 'authenticated', 'authenticator') and setting like '%timeout%' order by 1`)
    expect(found.map((row) => row['setting'])).toEqual([
      'anon statement_timeout=3s',
      'authenticated statement_timeout=8s',
      'authenticator lock_timeout=8s',
      'authenticator statement_timeout=8s',
    ])
  })

  it('let a migration change their settings', async () => {
    const change = `alter role authenticator set pgrst.db_max_rows to '7'; alter role authenticator reset pgrst.db_max_rows`
    await expect(database.query(change)).resolves.toEqual([])
  })

  it('let a role that a migration makes be granted to authenticator', async () => {
    const role = `custom_${database.name.slice(-8)}`
    await database.query(`create role ${role}; grant ${role} to authenticator`)
    expect(await rows(`select pg_has_role('authenticator', '${role}', 'MEMBER') as held`)).toEqual([{ held: true }])
    await database.query(`drop role ${role}`)
  })
})

describe('the schemas', () => {
  it('are there, under their owners', async () => {
    const found = await rows(`select nspname, nspowner::regrole::text as owner from pg_namespace
      where nspname in ('auth', 'storage', 'realtime', 'extensions', 'graphql_public', 'vault', 'clerk') order by 1`)
    expect(found).toEqual([
      { nspname: 'auth', owner: 'supabase_auth_admin' },
      { nspname: 'clerk', owner: 'tenon_clerk' },
      { nspname: 'extensions', owner: 'postgres' },
      { nspname: 'graphql_public', owner: 'supabase_admin' },
      { nspname: 'realtime', owner: 'supabase_realtime_admin' },
      { nspname: 'storage', owner: 'supabase_storage_admin' },
      { nspname: 'vault', owner: 'supabase_admin' },
    ])
  })

  it.each([
    ['clerk', 'USAGE', false],
    ['tenon', 'USAGE', false],
    ['public', 'USAGE', true],
    ['public', 'CREATE', false],
    ['extensions', 'USAGE', true],
    ['auth', 'USAGE', true],
    ['auth', 'CREATE', false],
    ['graphql_public', 'USAGE', true],
  ])("in %s the API's roles hold %s: %s", async (schema, privilege, expected) => {
    const found = await rows(
      `select distinct has_schema_privilege(role, $1, $2) as held from unnest(array['anon', 'authenticated', 'service_role']) as role`,
      [schema, privilege],
    )
    expect(found).toEqual([{ held: expected }])
  })

  it('hold the extensions every project has', async () => {
    const found = await database.query(`
      select extensions.digest('a', 'sha256') is not null as digest, extensions.uuid_generate_v4() is not null as uuid`)
    expect(found).toEqual([{ digest: true, uuid: true }])
  })

  it('answer GraphQL with an error while no extension speaks it', async () => {
    const found = await rows(
      `select graphql_public.graphql(query => '{ a }') -> 'errors' -> 0 ->> 'message' as message`,
    )
    expect(found).toEqual([{ message: 'pg_graphql extension is not enabled.' }])
  })

  it('tell SQL the secret of the tokens', async () => {
    const found = await database.query(
      `select current_setting('app.settings.jwt_secret') as secret, current_setting('app.settings.jwt_exp') as exp`,
    )
    expect(found).toEqual([{ secret: database.jwtSecret, exp: '3600' }])
  })
})

/** The code of the refusal, or `allowed`. */
async function attempt(role: string, text: string): Promise<unknown> {
  await admin.query('begin')
  try {
    await admin.query(`create table clerk.people (id text); alter table clerk.people owner to tenon_clerk`)
    await admin.query(`set local role ${role}`)
    await admin.query(text)
    return 'allowed'
  } catch (error) {
    return (error as { code?: string }).code
  } finally {
    await admin.query('rollback')
  }
}

describe('the identity state', () => {
  const others = [
    ...(isGivenCluster ? [] : ['postgres']),
    'anon',
    'authenticated',
    'service_role',
    'authenticator',
    'supabase_auth_admin',
    'supabase_storage_admin',
    'supabase_realtime_admin',
    'supabase_replication_admin',
    'supabase_read_only_user',
    'dashboard_user',
    'pgbouncer',
  ]

  it.each(others)('%s neither reads nor writes it', async (role) => {
    expect(await attempt(role, 'select from clerk.people')).toBe('42501')
    expect(await attempt(role, `insert into clerk.people values ('a')`)).toBe('42501')
    expect(await attempt(role, 'create table clerk.mine ()')).toBe('42501')
  })

  it.each(others)('%s cannot become its owner, nor read everything', async (role) => {
    expect(await attempt(role, 'grant tenon_clerk to postgres')).toBe('42501')
    expect(
      await rows(
        `select pg_has_role($1, 'pg_read_all_data', 'USAGE') or pg_has_role($1, 'tenon_clerk', 'MEMBER') as held`,
        [role],
      ),
    ).toEqual([{ held: false }])
  })

  it('is open to its own role', async () => {
    expect(await attempt('tenon_clerk', 'select from clerk.people')).toBe('allowed')
  })

  it('is closed again to a role that could read everything', async () => {
    const one = await createTestDatabase()
    const client = new Client(one.settings('supabase_admin'))
    await client.connect()
    await client.query('grant pg_read_all_data to supabase_read_only_user')
    await client.query(`update tenon.bootstrap set digest = 'older' where version = '02-memberships'`)
    await bootstrap(client, options)
    const { rows: held } = await client.query<object>(
      `select pg_has_role('supabase_read_only_user', 'pg_read_all_data', 'MEMBER') as held`,
    )
    await client.end()
    await one.drop()
    expect(held).toEqual([{ held: false }])
  })
})

describe('what postgres and supabase_read_only_user read', () => {
  it.each(['postgres', 'supabase_read_only_user'])('%s reads tables that the platform makes', async (role) => {
    await admin.query('begin')
    try {
      await admin.query(`set local role supabase_auth_admin; create table auth.made (id int); reset role`)
      await admin.query(`set local role supabase_storage_admin; create table storage.made (id int); reset role`)
      await admin.query(`set local role supabase_admin; create table vault.made (id serial); reset role`)
      await admin.query(`set local role postgres; create schema own; create table own.made (id int); reset role`)
      await admin.query(`set local role ${role}`)
      for (const schema of ['auth', 'storage', 'vault', 'own']) {
        expect((await admin.query(`select from ${schema}.made`)).rowCount).toBe(0)
      }
    } finally {
      await admin.query('rollback')
    }
  })
})

describe('the functions that policies read the token with', () => {
  const user = '7c2f0c5e-0b61-4d0e-8a3e-0a7a3b7f3c11'

  it.each([
    ['auth.uid()', user],
    ['auth.role()', 'authenticated'],
    ['auth.email()', 'a@example.com'],
    [`auth.jwt() -> 'o' ->> 'id'`, 'org_1'],
    ['pg_typeof(auth.uid())::text', 'uuid'],
    ['pg_typeof(auth.jwt())::text', 'jsonb'],
  ])('%s', async (expression, expected) => {
    const claims = { sub: user, role: 'authenticated', email: 'a@example.com', o: { id: 'org_1' } }
    expect(await asCaller(claims, expression)).toBe(expected)
  })

  it.each(['auth.uid()', 'auth.role()', 'auth.email()', 'auth.jwt()'])('%s is null without a token', async (call) => {
    expect(await asCaller(null, call)).toBeNull()
  })

  it('auth.uid() refuses an id that is no uuid, as upstream does', async () => {
    await expect(asCaller({ sub: 'user_2abc' }, 'auth.uid()')).rejects.toMatchObject({ code: '22P02' })
  })

  it('the settings named after one claim win', async () => {
    expect(await asCaller({ role: 'anon' }, 'auth.role()', { 'request.jwt.claim.role': 'authenticated' })).toBe(
      'authenticated',
    )
    expect(await asCaller({ role: 'anon' }, 'auth.role()', { 'request.jwt.claim.role': '' })).toBe('anon')
    expect(await asCaller({ a: 1 }, `auth.jwt() ->> 'a'`, { 'request.jwt.claim': '{"a":2}' })).toBe('2')
  })
})

describe('tables that a migration makes', () => {
  let one: TestDatabase
  beforeEach(async () => {
    one = await createTestDatabase()
    return async () => await one.drop()
  })

  async function boot(autoExposeNewTables: boolean): Promise<void> {
    const client = new Client(one.settings('supabase_admin'))
    await client.connect()
    await bootstrap(client, { ...options, autoExposeNewTables })
    await client.end()
  }

  async function held(): Promise<unknown> {
    const [row] = await one.query(`
      create table public.things (id serial primary key);
      create function public.act() returns int language sql as 'select 1';
      select has_table_privilege('anon', 'things', 'select') and has_table_privilege('authenticated', 'things', 'insert') as "table",
        has_table_privilege('service_role', 'things', 'delete') as service,
        has_sequence_privilege('authenticated', 'things_id_seq', 'usage') as sequence,
        (select coalesce(proacl::text, '') like '%anon=X%' from pg_proc where proname = 'act') as function`)
    return row
  }

  it('are open to the API in the classic mode', async () => {
    expect(await held()).toEqual({ table: true, service: true, sequence: true, function: true })
  })

  it('are closed without a GRANT when auto_expose_new_tables is false, and open again when it is true', async () => {
    await boot(false)
    expect(await held()).toEqual({ table: false, service: false, sequence: false, function: false })
    await one.query('drop table public.things; drop function public.act()')
    await boot(true)
    expect(await held()).toEqual({ table: true, service: true, sequence: true, function: true })
  })
})

describe('watching the schema', () => {
  it.each([
    'create table public.watched (id int primary key)',
    'alter table public.watched add column name text',
    'create policy p on public.watched using (true)',
    'grant select on public.watched to anon',
    'drop policy p on public.watched',
    'drop table public.watched',
  ])('%s is announced', async (text) => {
    expect(await notices(text)).toEqual(['pgrst: reload schema'])
  })

  it.each([
    'create temporary table passing (id int); drop table passing',
    'select 1',
    'create table public.indexed (id int)',
  ])('what comes before does not disturb: %s', async (text) => {
    expect(await notices(text)).toHaveLength(text.includes('public.') ? 1 : 0)
  })

  it('an index is not announced', async () => {
    expect(await notices('create index on public.indexed (id)')).toEqual([])
  })
})

describe('the publication', () => {
  it('is empty, publishes everything, and takes tables from role postgres', async () => {
    const found =
      await rows(`select pubinsert and pubupdate and pubdelete and pubtruncate as all, puballtables as tables
      from pg_publication where pubname = 'supabase_realtime'`)
    expect(found).toEqual([{ all: true, tables: false }])
    await database.query(
      'create table public.live (id int primary key); alter publication supabase_realtime add table public.live',
    )
  })
})

describe('running the bootstrap again', () => {
  it('costs one query and changes nothing', async () => {
    const first = await bootstrap(admin, options)
    let queries = 0
    const counting = new Client(database.settings('supabase_admin'))
    await counting.connect()
    const query = counting.query.bind(counting)
    counting.query = ((...given: Parameters<typeof query>) => {
      queries++
      return query(...given)
    }) as typeof counting.query
    expect(await bootstrap(counting, options)).toEqual({ applied: [], degradations: [] })
    expect(queries).toBe(1)
    expect(first.degradations).toEqual([])
    await counting.end()
  })

  it('applies what depends on an option that changed', async () => {
    await bootstrap(admin, options)
    const { applied } = await bootstrap(admin, { ...options, jwtExpiry: 60 })
    expect(applied).toEqual(['11-database-settings'])
  })
})
