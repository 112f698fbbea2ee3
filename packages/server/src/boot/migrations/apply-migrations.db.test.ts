import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { createTestDatabase, type TestDatabase } from '@tenon/testing'
import { Client } from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { openTestFeed } from '../../realtime/changes/feed/testing/open-test-feed.test-support.ts'
import { applyMigrations } from './apply-migrations.ts'
import { applyRoles, applySeed } from './apply-seed.ts'
import { resetDatabase } from './reset-database.ts'

let database: TestDatabase
let client: Client
let folder: string

beforeEach(async () => {
  database = await createTestDatabase()
  client = new Client(database.settings())
  await client.connect()
  folder = await mkdtemp(join(tmpdir(), 'tenon-migrations-'))
})
afterEach(async () => {
  await client.end()
  await database.drop()
  await rm(folder, { recursive: true })
})

async function write(files: Record<string, string>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
}

const recorded = async (): Promise<unknown[]> =>
  await database.query('select version, name from supabase_migrations.schema_migrations order by version')

describe('applying migrations', () => {
  it('runs the files in order and records version, name and statements', async () => {
    await write({
      'migrations/20260101000002_fill.sql': "insert into notes values (1, 'a;b');",
      'migrations/20260101000001_notes.sql':
        'create table notes (id int, body text);\nalter table notes enable row level security;',
    })
    const { applied } = await applyMigrations(client, { folder })
    expect(applied.map(({ name }) => name)).toEqual(['notes', 'fill'])
    expect(
      await database.query('select version, statements from supabase_migrations.schema_migrations order by 1'),
    ).toEqual([
      {
        version: '20260101000001',
        statements: ['create table notes (id int, body text)', 'alter table notes enable row level security'],
      },
      { version: '20260101000002', statements: ["insert into notes values (1, 'a;b')"] },
    ])
  })

  it('runs nothing twice', async () => {
    await write({ 'migrations/20260101000001_a.sql': 'create table a ();' })
    await applyMigrations(client, { folder })
    expect((await applyMigrations(client, { folder })).applied).toEqual([])
  })

  it('starts each file with the settings of a new session', async () => {
    await write({
      'migrations/20260101000001_path.sql': "set search_path to ''; set role anon;",
      'migrations/20260101000002_table.sql': 'create table unqualified ();',
    })
    await applyMigrations(client, { folder })
    expect(await database.query("select to_regclass('public.unqualified') is not null as made")).toEqual([
      { made: true },
    ])
  })

  it('reports a failing file with its line and statement, keeps nothing of it and applies nothing after it', async () => {
    await write({
      'migrations/20260101000001_good.sql': 'create table good ();',
      'migrations/20260101000002_bad.sql':
        '-- Ünïcödé 🦀\ncreate table bad ();\n\ninsert into bad\n  select nonsense;\n',
      'migrations/20260101000003_later.sql': 'create table later ();',
    })
    await expect(applyMigrations(client, { folder })).rejects.toMatchObject({
      code: 'migration.failed',
      detail: {
        path: 'supabase/migrations/20260101000002_bad.sql',
        line: 5,
        statement: 'insert into bad\n  select nonsense',
        message: 'column "nonsense" does not exist',
        sqlstate: '42703',
        rolledBack: true,
      },
    })
    expect(await recorded()).toEqual([{ version: '20260101000001', name: 'good' }])
    expect(await database.query("select to_regclass('bad') as bad, to_regclass('later') as later")).toEqual([
      { bad: null, later: null },
    ])
  })

  it('goes on from the failing file once it is corrected', async () => {
    await write({ 'migrations/20260101000001_a.sql': 'select 1/0;' })
    await expect(applyMigrations(client, { folder })).rejects.toMatchObject({ detail: { line: 1, sqlstate: '22012' } })
    await write({ 'migrations/20260101000001_a.sql': 'select 1/1;' })
    expect((await applyMigrations(client, { folder })).applied).toHaveLength(1)
  })

  it('reports a constraint that fails at the commit', async () => {
    await write({
      'migrations/20260101000001_a.sql':
        'create table p (id int primary key);\ncreate table c (p int references p deferrable initially deferred);\ninsert into c values (1);',
    })
    await expect(applyMigrations(client, { folder })).rejects.toMatchObject({
      detail: { line: 3, statement: 'commit', sqlstate: '23503' },
    })
    expect(await database.query("select to_regclass('p') as p")).toEqual([{ p: null }])
  })

  it('runs outside a transaction what cannot run inside, and says that earlier statements stand', async () => {
    await write({
      'migrations/20260101000001_index.sql': 'create table t (id int);\ncreate index concurrently i on t (id);',
      'migrations/20260101000002_half.sql': '-- tenon: no transaction\ncreate table half ();\nselect 1/0;',
    })
    await expect(applyMigrations(client, { folder })).rejects.toMatchObject({ detail: { line: 3, rolledBack: false } })
    expect(
      await database.query("select to_regclass('i') is not null as i, to_regclass('half') is not null as half"),
    ).toEqual([{ i: true, half: true }])
    expect(await recorded()).toEqual([{ version: '20260101000001', name: 'index' }])
  })

  it('lets a file begin and commit by itself', async () => {
    await write({
      'migrations/20260101000001_own.sql': 'begin;\ncreate table own ();\ncommit;\nbegin; create table open ();',
    })
    await applyMigrations(client, { folder })
    expect(await recorded()).toHaveLength(1)
    expect(await database.query("select to_regclass('open') is not null as made")).toEqual([{ made: true }])
  })

  it('lets two processes apply at the same time', async () => {
    await write({ 'migrations/20260101000001_a.sql': 'create table a ();' })
    const other = new Client(database.settings())
    await other.connect()
    const results = await Promise.all([applyMigrations(client, { folder }), applyMigrations(other, { folder })])
    await other.end()
    expect(results.flatMap(({ applied }) => applied)).toHaveLength(1)
  })

  it('has nothing to do where there is no folder', async () => {
    expect(await applyMigrations(client, { folder: join(folder, 'nowhere') })).toEqual({ applied: [], warnings: [] })
  })
})

function seed(sqlPaths = ['./seed.sql']): Parameters<typeof applySeed>[1] {
  return { folder, enabled: true, sqlPaths }
}

describe('seeding', () => {
  it('runs the files of the patterns in order, once', async () => {
    await write({
      'seeds/b.sql': "insert into public.log values ('b');",
      'seeds/a.sql': "insert into public.log values ('a');",
      'seed.sql': 'create table public.log (line text);',
    })
    const first = await applySeed(client, seed(['./seed.sql', './seeds/*.sql']))
    expect(first.applied).toEqual(['supabase/seed.sql', 'supabase/seeds/a.sql', 'supabase/seeds/b.sql'])
    expect((await applySeed(client, seed(['./seed.sql', './seeds/*.sql']))).applied).toEqual([])
  })

  it('warns of a file that changed, and of a pattern that fits nothing', async () => {
    await write({ 'seed.sql': 'select 1;' })
    await applySeed(client, seed())
    await write({ 'seed.sql': 'select 2;' })
    const { applied, warnings } = await applySeed(client, seed(['seed.sql', 'nothing/*.sql']))
    expect(applied).toEqual([])
    expect(warnings).toEqual([
      expect.stringContaining('nothing/*.sql'),
      expect.stringContaining('supabase/seed.sql changed'),
    ])
  })

  it('does nothing when it is switched off or there is no file', async () => {
    await write({ 'seed.sql': 'select 1/0;' })
    expect(await applySeed(client, { ...seed(), enabled: false })).toEqual({ applied: [], warnings: [] })
    expect(await applySeed(client, seed(['./other.sql']))).toMatchObject({ applied: [] })
  })

  it('reports a failing seed like a failing migration', async () => {
    await write({ 'seed.sql': 'select 1;\nselect 1/0;' })
    await expect(applySeed(client, seed())).rejects.toMatchObject({ detail: { path: 'supabase/seed.sql', line: 2 } })
  })

  it('makes the roles of roles.sql and passes over those that exist', async () => {
    await write({ 'roles.sql': 'create role anon;\nalter role anon set work_mem to default;' })
    expect(await applyRoles(client, folder)).toBe(true)
    expect(await applyRoles(client, folder)).toBe(false)
  })
})

describe('resetting a database', () => {
  const bootstrap = {
    owned: false,
    passwords: {},
    jwtSecret: 'super-secret-jwt-token-with-at-least-32-characters-long',
    jwtExpiry: 3600,
    autoExposeNewTables: true,
  }

  async function reset(): Promise<void> {
    const admin = new Client(database.settings('supabase_admin'))
    await admin.connect()
    await resetDatabase({ admin, owner: client, bootstrap, seed: { folder, enabled: true, sqlPaths: ['./seed.sql'] } })
    await admin.end()
  }

  it('is not held up by a feed of changes, which goes on with the tables that come after', async () => {
    const publish = async (): Promise<unknown> =>
      await database.query('alter publication supabase_realtime add table notes', 'supabase_admin')
    await write({ 'migrations/20260101000001_notes.sql': 'create table notes (body text);' })
    await applyMigrations(client, { folder })
    await publish()
    await using opened = openTestFeed(database)
    await opened.feed.live()
    await database.query("insert into notes values ('before')")
    await opened.until(() => opened.lines().includes('INSERT before'))
    const since = performance.now()
    await reset()
    expect(performance.now() - since).toBeLessThan(10_000)
    await publish()
    const isHeard = async (): Promise<boolean> => {
      await database.query("insert into notes values ('after')")
      return opened.lines().includes('INSERT after')
    }
    await expect.poll(isHeard, { timeout: 10_000 }).toBe(true)
  })

  it("drops everything of the project's, keeps the identity provider's people, and applies all files again", async () => {
    await write({
      'migrations/20260101000001_notes.sql': 'create table notes (body text);',
      'seed.sql': "insert into notes values ('seeded');",
    })
    await applyMigrations(client, { folder })
    await database.query(`
      insert into notes values ('by hand');
      create table by_hand (); create schema other; create table other.t ();
      create publication mine for table notes; create extension hstore;`)
    await database.query(
      "create table clerk.people (name text); insert into clerk.people values ('Alice')",
      'supabase_admin',
    )
    await reset()
    expect(await database.query('select body from notes')).toEqual([{ body: 'seeded' }])
    expect(
      await database.query(`
        select to_regclass('by_hand') as table, to_regnamespace('other') as schema,
          (select count(*)::int from pg_publication where pubname = 'mine') as publications,
          (select count(*)::int from pg_extension where extname = 'hstore') as extensions`),
    ).toEqual([{ table: null, schema: null, publications: 0, extensions: 0 }])
    expect(await database.query('select name from clerk.people', 'supabase_admin')).toEqual([{ name: 'Alice' }])
    expect(await database.query("select has_table_privilege('anon', 'notes', 'select') as granted")).toEqual([
      { granted: true },
    ])
  })

  it('ends sessions that hold their locks, and lets idle ones be', async () => {
    await write({ 'migrations/20260101000001_notes.sql': 'create table notes (body text);' })
    await applyMigrations(client, { folder })
    const holding = new Client(database.settings())
    const idle = new Client(database.settings())
    const lost = new Promise<Error>((resolve) => holding.on('error', resolve))
    await Promise.all([holding.connect(), idle.connect()])
    await idle.query('select * from notes')
    await holding.query('begin; select * from notes')
    await reset()
    expect(await lost).toMatchObject({ code: '57P01' })
    expect((await idle.query('select * from notes')).rows).toEqual([])
    await idle.end()
  })
})
