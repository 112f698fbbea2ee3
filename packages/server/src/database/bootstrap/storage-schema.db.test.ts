import { createTestDatabase, type TestDatabase } from '@tenon/testing'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let database: TestDatabase
let postgres: Client
let storage: Client

beforeAll(async () => {
  database = await createTestDatabase()
  postgres = new Client(database.settings('postgres'))
  storage = new Client(database.settings('supabase_storage_admin'))
  await Promise.all([postgres.connect(), storage.connect()])
})
afterAll(async () => {
  await Promise.all([postgres.end(), storage.end()])
  await database.drop()
})

/** Runs the text in a transaction that is rolled back; the last statement's rows, or the SQLSTATE that refused it. */
async function trying(client: Client, text: string): Promise<unknown> {
  await client.query('begin')
  try {
    const results: unknown = await client.query(text)
    return ((Array.isArray(results) ? results.at(-1) : results) as { rows: unknown[] }).rows
  } catch (error) {
    return (error as { code: string }).code
  } finally {
    await client.query('rollback')
  }
}

const bucket = `insert into storage.buckets (id, name) values ('b', 'b');`
const files = (...names: readonly string[]): string =>
  `insert into storage.objects (bucket_id, name) values ${names.map((name) => `('b', '${name}')`).join(', ')};`

const canInsert = (role: string): string =>
  `${bucket} set local role ${role}; select storage.can_insert_object('b', 'n', null, '{}')`

const as = (role: string): string => `${bucket} ${files('f')}
  create policy "all" on storage.objects for all to authenticated using (true); set local role ${role};`

describe('the tables of Storage', () => {
  it.each([
    [
      'buckets',
      'id text!, name text!, owner uuid, created_at timestamp with time zone, updated_at timestamp with time zone, ' +
        'public boolean, avif_autodetection boolean, file_size_limit bigint, allowed_mime_types text[], owner_id text, ' +
        'type storage.buckettype!, versioning_status text!, quota bigint',
    ],
    [
      'objects',
      'id uuid!, bucket_id text, name text, owner uuid, created_at timestamp with time zone, ' +
        'updated_at timestamp with time zone, last_accessed_at timestamp with time zone, metadata jsonb, ' +
        'path_tokens text[], version text, owner_id text, user_metadata jsonb, archived_at timestamp with time zone, ' +
        'is_delete_marker boolean!, is_versioned boolean!',
    ],
    [
      'migrations',
      'id integer!, name character varying(100)!, hash character varying(40)!, executed_at timestamp without time zone',
    ],
  ])('%s has the columns that projects know, and Row Level Security', async (table, columns) => {
    const { rows } = await postgres.query<object>(`
      select string_agg(attname || ' ' || format_type(atttypid, atttypmod) || case when attnotnull then '!' else '' end,
        ', ' order by attnum) as columns, relrowsecurity as secured, relowner::regrole::text as owner
      from pg_attribute join pg_class on pg_class.oid = attrelid
      where attrelid = 'storage.${table}'::regclass and attnum > 0 group by relrowsecurity, relowner`)
    expect(rows).toEqual([{ columns, secured: true, owner: 'supabase_storage_admin' }])
  })

  it('migrations tells how far a project has come', async () => {
    const { rows } = await postgres.query<object>('select id, name from storage.migrations order by id desc limit 1')
    expect(rows).toEqual([{ id: 63, name: 'fix-search-name-relative-to-prefix' }])
  })

  it('role postgres makes buckets and policies, and hands on what it may do, as migrations do', async () => {
    const text = `
      insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types)
      values ('avatars', 'avatars', true, 1024, '{image/png}') on conflict (id) do nothing;
      create policy "p" on storage.objects for select to authenticated using (bucket_id = 'avatars');
      alter policy "p" on storage.objects using (true);
      drop policy "p" on storage.objects;
      create policy "p" on storage.buckets for all to anon using (true);
      create role visitor; grant usage on schema storage to visitor; grant select on storage.objects to visitor;
      select id from storage.buckets`
    expect(await trying(postgres, text)).toEqual([{ id: 'avatars' }])
  })

  it('a bucket is called by at most 100 characters', async () => {
    expect(await trying(postgres, `insert into storage.buckets (id, name) values ('b', repeat('x', 101))`)).toBe(
      'P0001',
    )
  })

  it('an object that changes says when', async () => {
    const text = `${bucket} ${files('f')} update storage.objects set updated_at = 'epoch';
      select updated_at = now() as now from storage.objects`
    expect(await trying(postgres, text)).toEqual([{ now: true }])
  })

  it.each(['storage.objects', 'storage.buckets'])(
    '%s is not deleted from by SQL, but where it says that it knows',
    async (table) => {
      expect(await trying(postgres, `delete from ${table}`)).toBe('42501')
      expect(await trying(postgres, `set local storage.allow_delete_query = 'true'; delete from ${table}`)).toEqual([])
    },
  )

  it.each(['storage.objects', 'storage.buckets'])(
    '%s is not truncated but where SQL says that it knows',
    async (table) => {
      expect(await trying(postgres, `truncate ${table} cascade`)).toBe('42501')
      const knowing = `set local storage.allow_delete_query = 'true'; truncate ${table} cascade`
      expect(await trying(postgres, knowing)).toEqual([])
    },
  )
})

describe('the version of an object', () => {
  const change = `update storage.objects set version = '00000000-0000-4000-8000-000000000000'`
  const second = `insert into storage.objects (bucket_id, name, version) values ('b', 'g', 'x')`

  it.each(['authenticated', 'service_role'])('is not for %s to choose', async (role) => {
    expect(await trying(postgres, `${as(role)} ${change}`)).toBe('42501')
    expect(await trying(postgres, `${as(role)} ${second}`)).toBe('42501')
    const upsert = `${second.replace(`'x'`, 'null').replace(`'g'`, `'f'`)}
      on conflict (bucket_id, name) do update set version = 'x'`
    expect(await trying(postgres, `${as(role)} ${upsert}`)).toBe('42501')
  })

  it('stays where anything else of a row changes, and may be given up', async () => {
    const text = `${as('postgres')} ${change}; set local role authenticated;
      update storage.objects set name = 'g' returning version is null as lost; update storage.objects set version = null;
      select name, version from storage.objects`
    expect(await trying(postgres, text)).toEqual([{ name: 'g', version: null }])
  })

  it.each(['postgres', 'supabase_storage_admin'])('is for %s to set, who administers', async (role) => {
    expect(await trying(postgres, `${as(role)} ${change}; ${second}; select count(*) from storage.objects`)).toEqual([
      { count: '2' },
    ])
  })
})

describe('the login of Storage', () => {
  it.each(['anon', 'authenticated', 'service_role'])('becomes %s, whom the tables let in', async (role) => {
    expect(await trying(storage, `set local role ${role}; select from storage.objects, storage.buckets`)).toEqual([])
  })

  it("becomes a role of the project's own, and its policies hold", async () => {
    const role = `visitor_${database.name}`
    await postgres.query(`
      create role ${role} nologin; grant ${role} to authenticator;
      grant usage on schema storage, auth to ${role}; grant select, insert on storage.objects to ${role};
      create policy "visitors put" on storage.objects for insert to ${role} with check (name like 'in/%');
      insert into storage.buckets (id, name) values ('drop', 'drop')`)
    const put = (name: string): string =>
      `set local role ${role}; insert into storage.objects (bucket_id, name) values ('drop', '${name}')`
    expect(await trying(storage, put('in/a'))).toEqual([])
    expect(await trying(storage, put('out/a'))).toBe('42501')
    await database.query(`drop owned by ${role}; drop role ${role}`, 'supabase_admin')
  })
})

describe('what policies say things with', () => {
  it.each([
    [`storage.foldername('a/b/c.txt')`, ['a', 'b']],
    [`storage.foldername('c.txt')`, []],
    [`storage.filename('a/b/c.txt')`, 'c.txt'],
    [`storage.extension('a/b/c.tar.gz')`, 'gz'],
    [`storage.allow_only_operation('object.list')`, true],
    [`storage.allow_only_operation('storage.object.list')`, true],
    [`storage.allow_only_operation('object.get_authenticated')`, false],
    [`storage.allow_only_operation('')`, false],
    [`storage.allow_only_operation(null)`, false],
    [`storage.allow_any_operation(array['object.copy', 'storage.object.list'])`, true],
    [`storage.allow_any_operation(array['object.copy', null])`, false],
    [`storage.allow_any_operation('{}')`, false],
  ])('%s is %j', async (expression, value) => {
    const text = `set local storage.operation = 'storage.object.list'; select ${expression} as value`
    expect(await trying(storage, text)).toEqual([{ value }])
  })

  it('storage.can_insert_object() fails in either case, and says which', async () => {
    expect(await trying(postgres, canInsert('service_role'))).toBe('PT200')
    expect(await trying(postgres, canInsert('anon'))).toBe('42501')
  })

  it('storage.get_size_by_bucket() adds up', async () => {
    const text = `${bucket} ${files('f', 'g')} update storage.objects set metadata = '{"size": 21}';
      select * from storage.get_size_by_bucket()`
    expect(await trying(postgres, text)).toEqual([{ size: '42', bucket_id: 'b' }])
  })
})

describe('what SQL lists objects with', () => {
  const seed = bucket + files('a.txt', 'a/1', 'a/2', 'a/b/3', 'B/4', 'a-b', 'Zoo', 'zoo')
  const listed = async (call: string): Promise<unknown> => await trying(postgres, `${seed} select * from ${call}`)
  const names = async (call: string): Promise<unknown> =>
    ((await listed(call)) as { name: string }[]).map(({ name }) => name)

  it.each([
    [`storage.search_v2('', 'b')`, ['B', 'Zoo', 'a-b', 'a.txt', 'a', 'zoo']],
    [`storage.search_v2('', 'b', 2)`, ['B', 'Zoo']],
    [`storage.search_v2('', 'b', 2, 1, 'B')`, ['Zoo', 'a-b']],
    [`storage.search_v2('', 'b', 2, 1, 'a')`, ['zoo']],
    [`storage.search_v2('', 'b', 100, 1, '', 'desc')`, ['zoo', 'a', 'a.txt', 'a-b', 'Zoo', 'B']],
    [`storage.search_v2('', 'b', 2, 1, 'a', 'desc')`, ['a.txt', 'a-b']],
    [`storage.search_v2('a/', 'b', 100, 2)`, ['a/1', 'a/2', 'a/b']],
    [`storage.search_v2('', 'b', 100, 1, '', 'asc', 'created_at')`, ['B', 'Zoo', 'a', 'a-b', 'a.txt', 'zoo']],
    [`storage.search_v2('', 'elsewhere')`, []],
    [`storage.search('', 'b')`, ['a-b', 'a.txt', 'a', 'B', 'Zoo', 'zoo']],
    [`storage.search('', 'b', 2, 1, 3)`, ['B', 'Zoo']],
    [`storage.search('a/', 'b')`, ['1', '2', 'b']],
    [`storage.search('A/', 'b', 100, 2, 0, 'B')`, ['b']],
    [`storage.search('', 'b', 100, 1, 0, '', 'name', 'desc')`, ['zoo', 'Zoo', 'B', 'a', 'a.txt', 'a-b']],
    [`storage.search('', 'b', 3, 1, 0, 'a', 'updated_at')`, ['a', 'a-b', 'a.txt']],
  ])('%s lists %j', async (call, expected) => {
    expect(await names(call)).toEqual(expected)
  })

  it('a folder has a name alone', async () => {
    expect(await listed(`storage.search_v2('', 'b', 1)`)).toEqual([
      { key: 'B', name: 'B', id: null, updated_at: null, created_at: null, last_accessed_at: null, metadata: null },
    ])
  })

  it('shows nobody what the policies hide', async () => {
    expect(await trying(postgres, `${seed} set local role anon; select * from storage.search('', 'b')`)).toEqual([])
    expect(await trying(postgres, `${seed} set local role anon; select * from storage.search_v2('', 'b')`)).toEqual([])
  })
})
