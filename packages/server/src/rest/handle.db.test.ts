import { createTestDatabase, type TestDatabase } from '@tenon/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import type { Catalog } from '../catalog/catalog.ts'
import { readCatalog } from '../catalog/read-catalog.ts'
import { openDatabase, type OpenDatabase } from '../database/pipeline/open-database.ts'
import type { Identity } from '../identity/identity.ts'
import type { RestConfig } from './config.ts'
import { createRestDoor } from './handle.ts'
import { testConfig, web } from './plan/ask.test-support.ts'

let made: TestDatabase
let database: OpenDatabase
let catalog: Catalog

const config: RestConfig = { ...testConfig, schemas: ['api', 'other'], transactionOverride: true }

const fixture = `
  create schema api;
  create schema other;
  grant usage on schema api, other to anon, authenticated;
  create table api.directors (id int primary key, name text not null, owner text);
  create table api.films (
    id int primary key, title text default 'untitled', year bigint,
    director_id int references api.directors, notes jsonb, tags text[]
  );
  create table api.people (film_id int references api.films, person text, primary key (film_id, person));
  create table other.places (id int primary key);
  grant select, insert, update, delete on api.directors, api.films, api.people, other.places to authenticated;
  grant select on api.films to anon;
  alter table api.directors enable row level security;
  create policy own on api.directors to authenticated
    using (owner = current_setting('request.jwt.claims', true)::json ->> 'sub');
  insert into api.directors values (1, 'Agnès', 'ada'), (2, 'Akira', 'bob');
  insert into api.films values
    (1, 'Cléo', 1962, 1, '{"a":{"b":[1,2]}}', '{x,y}'),
    (2, 'Ran', 9007199254740993, 2, null, null),
    (3, 'Vagabond', 1985, 1, null, '{}');
  insert into api.people values (1, 'Corinne'), (1, 'José');
  create function api.add(a int, b int default 10) returns int language sql immutable as 'select a + b';
  create function api.films_since(year bigint) returns setof api.films language sql stable
    as 'select * from api.films f where f.year >= films_since.year order by id';
  create function api.nothing() returns void language sql as 'select null';
  create function api.teapot() returns text language plpgsql as $$
  begin
    perform set_config('response.status', '418', true);
    perform set_config('response.headers', '[{"X-Kind":"teapot"}]', true);
    return 'short and stout';
  end $$;
  create function api.seen() returns json language sql stable as $$
    select json_build_object('method', current_setting('request.method'), 'path', current_setting('request.path'),
      'custom', current_setting('request.headers')::json ->> 'x-custom',
      'cookie', current_setting('request.cookies')::json ->> 'flavour', 'role', current_user,
      'setting', current_setting('app.settings.name', true)) $$;
  create function api.remove_all() returns int language sql as 'with d as (delete from api.people returning 1) select count(*)::int from d';
`

function identity(role: string, sub: string): Identity {
  const claims = { sub, role }
  const claimsJson = JSON.stringify(claims)
  return { kind: 'identity', role, claims, claimsJson, issuer: null, subject: sub, via: 'token', expiresAt: null }
}

beforeAll(async () => {
  made = await createTestDatabase()
  await made.query(fixture)
  database = openDatabase({ url: made.url('authenticator'), size: 2 })
  const { schemas, extraSearchPath } = config
  const scope = { schemas, extraSearchPath, authenticatorRole: 'authenticator', hoistedSettings: [] }
  catalog = await readCatalog((transaction) => database.run(transaction), scope, 1)
})

afterAll(async () => {
  await database.close()
  await made.drop()
})

interface Answer {
  readonly status: number
  readonly body: unknown
  readonly text: string
  readonly headers: Headers
}

interface Sent {
  readonly as?: readonly [role: string, sub: string]
  readonly prefer?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly config?: Partial<RestConfig>
}

/** Sends a request through the door; ada is asking unless told otherwise. Changes are not kept unless `tx=commit`. */
async function send(line: string, sent: Sent = {}): Promise<Answer> {
  const [role, sub] = sent.as ?? ['authenticated', 'ada']
  const door = createRestDoor({
    identify: () => Promise.resolve(identity(role, sub)),
    catalog: { current: () => catalog },
    database,
    config: { ...config, transactionEnd: 'rollback', ...sent.config },
    now: () => 0,
    report: (fault) => {
      throw fault.cause
    },
  })
  const body = sent.body === undefined ? '' : typeof sent.body === 'string' ? sent.body : JSON.stringify(sent.body)
  const headers = { ...sent.headers, ...(sent.prefer === undefined ? {} : { prefer: sent.prefer }) }
  const response = await door(web(line, { headers, body }))
  const text = response.body.toString()
  return {
    status: response.status,
    text,
    body: /^[[{"\dtfn]/.test(text) ? (JSON.parse(text) as unknown) : text,
    headers: new Headers(response.headers.map(([name, value]) => [name, value])),
  }
}

function upsert(resolution: string, ids: readonly number[]): Promise<Answer> {
  const body = ids.map((id) => ({ id, title: 'new' }))
  return send('POST /films?select=id', { prefer: `return=representation, resolution=${resolution}`, body })
}

const singular = { accept: 'application/vnd.pgrst.object+json' }

describe('reading', () => {
  test('a policy decides which rows a caller sees', async () => {
    expect((await send('GET /directors?select=name')).body).toEqual([{ name: 'Agnès' }])
    expect((await send('GET /directors?select=name', { as: ['authenticated', 'bob'] })).body).toEqual([
      { name: 'Akira' },
    ])
    expect((await send('GET /directors', { as: ['anon', 'nobody'] })).status).toBe(401)
  })

  const cases: readonly (readonly [query: string, rows: unknown])[] = [
    ['select=id&year=gt.1970&order=id.desc', [{ id: 3 }, { id: 2 }]],
    ['select=id&or=(title.ilike.*cl*,year.eq.1985)&order=id', [{ id: 1 }, { id: 3 }]],
    ['select=id&tags=cs.{x}', [{ id: 1 }]],
    ['select=id&tags=is.null', [{ id: 2 }]],
    ['select=b:notes->a->b->0&id=eq.1', [{ b: 1 }]],
    ['select=year::text&id=eq.2', [{ year: '9007199254740993' }]],
    ['select=title&id=in.(1,3)&order=title.desc&limit=1', [{ title: 'Vagabond' }]],
    [
      'select=title,director:directors(name)&id=lt.3&order=id',
      [
        { title: 'Cléo', director: { name: 'Agnès' } },
        { title: 'Ran', director: null },
      ],
    ],
    ['directors=is.null&select=title,directors()', [{ title: 'Ran' }]],
    [
      'select=title,directors!inner(name)&directors.name=eq.Agnès&order=id&limit=1',
      [{ title: 'Cléo', directors: { name: 'Agnès' } }],
    ],
    [
      'select=title,people(person)&id=eq.1&people.order=person.desc',
      [{ title: 'Cléo', people: [{ person: 'José' }, { person: 'Corinne' }] }],
    ],
    ['select=title,...directors(by:name)&id=eq.1', [{ title: 'Cléo', by: 'Agnès' }]],
    [
      'select=director_id,count()&order=director_id',
      [
        { director_id: 1, count: 2 },
        { director_id: 2, count: 1 },
      ],
    ],
  ]
  test.each(cases)('films?%s', async (query, rows) => {
    expect((await send(`GET /films?${encodeURI(query)}`)).body).toEqual(rows)
  })

  test('numbers too big for JavaScript arrive digit by digit', async () => {
    expect((await send('GET /films?select=year&id=eq.2')).text).toBe('[{"year":9007199254740993}]')
  })

  test('a page says which rows it holds, and of how many', async () => {
    const page = await send('GET /films?limit=2&offset=1', { prefer: 'count=exact' })
    expect(page.status).toBe(206)
    expect(page.headers.get('content-range')).toBe('1-2/3')
    const past = await send('GET /films?offset=9', { prefer: 'count=exact' })
    expect(past).toMatchObject({ status: 416, body: { code: 'PGRST103' } })
    const guessed = await send('HEAD /films', { prefer: 'count=planned' })
    expect(guessed.headers.get('content-range')).toMatch(/^0-2\/\d+$/)
    expect(guessed.text).toBe('')
  })

  test('one object, or a refusal that says how many there were', async () => {
    expect((await send('GET /films?id=eq.1&select=id', { headers: singular })).text).toBe('{"id":1}')
    expect(await send('GET /films', { headers: singular })).toMatchObject({
      status: 406,
      body: { code: 'PGRST116', details: 'The result contains 3 rows' },
    })
  })

  test('as CSV', async () => {
    const csv = await send('GET /films?select=id,title&order=id&limit=2', { headers: { accept: 'text/csv' } })
    expect(csv.text).toBe('id,title\n1,Cléo\n2,Ran')
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  })

  test('what Postgres refuses is passed on in its own words', async () => {
    expect(await send('GET /films?id=eq.x')).toMatchObject({ status: 400, body: { code: '22P02' } })
    expect(await send('GET /films?nope=eq.1')).toMatchObject({ status: 400, body: { code: '42703' } })
  })

  test('another exposed schema by its profile', async () => {
    const places = await send('GET /places', { headers: { 'accept-profile': 'other' } })
    expect(places).toMatchObject({ status: 200, body: [] })
    expect(places.headers.get('content-profile')).toBe('other')
    expect(await send('GET /places')).toMatchObject({ status: 404, body: { code: 'PGRST205' } })
  })
})

describe('writing', () => {
  const full = 'return=representation'

  test('an insert gives back what it made, embeds included', async () => {
    const inserted = await send('POST /films?select=title,directors(name)', {
      prefer: full,
      body: { id: 9, director_id: 1 },
    })
    expect(inserted).toMatchObject({ status: 201, body: [{ title: 'untitled', directors: { name: 'Agnès' } }] })
  })

  test('rows in bulk, and a missing key as null or as the default', async () => {
    const body = [{ id: 10 }, { id: 11 }]
    const rows = await send('POST /films?columns=id,title&select=title', { prefer: full, body })
    expect(rows.body).toEqual([{ title: null }, { title: null }])
    const defaults = await send('POST /films?columns=id,title&select=title', {
      prefer: `${full}, missing=default`,
      body,
    })
    expect(defaults.body).toEqual([{ title: 'untitled' }, { title: 'untitled' }])
    expect(await send('POST /films', { body: [{ id: 1 }, { title: 'x' }] })).toMatchObject({
      status: 400,
      body: { code: 'PGRST102' },
    })
  })

  test('a Location for the one row inserted', async () => {
    const inserted = await send('POST /people', { prefer: 'return=headers-only', body: { film_id: 2, person: 'a b' } })
    expect(inserted.headers.get('location')).toBe('/people?film_id=eq.2&person=eq.a%20b')
  })

  test('an upsert tells inserts from updates', async () => {
    expect((await upsert('merge-duplicates', [1, 20])).status).toBe(201)
    expect((await upsert('merge-duplicates', [1, 2])).status).toBe(200)
    expect(await upsert('ignore-duplicates', [1, 20])).toMatchObject({ status: 201, body: [{ id: 20 }] })
  })

  test('PUT writes the row of its address only', async () => {
    expect(await send('PUT /films?id=eq.30', { body: { id: 30, title: 'x' } })).toMatchObject({ status: 204, text: '' })
    expect(await send('PUT /films?id=eq.30', { body: { id: 31 } })).toMatchObject({
      status: 400,
      body: { code: 'PGRST115' },
    })
    expect(await send('PUT /films?title=eq.x', { body: { id: 31 } })).toMatchObject({
      status: 405,
      body: { code: 'PGRST105' },
    })
  })

  test('an update changes the rows it names and counts them', async () => {
    const changed = await send('PATCH /films?id=lt.3&select=id&order=id', {
      prefer: `${full}, count=exact`,
      body: { title: 'x' },
    })
    expect(changed).toMatchObject({ status: 200, body: [{ id: 1 }, { id: 2 }] })
    expect(changed.headers.get('content-range')).toBe('0-1/2')
    expect(await send('PATCH /films?id=eq.99', { body: { title: 'x' } })).toMatchObject({ status: 204 })
  })

  test('a policy keeps other people’s rows from being changed', async () => {
    const mine = await send('PATCH /directors?id=eq.2', { prefer: full, body: { name: 'x' } })
    expect(mine).toMatchObject({ status: 200, body: [] })
    expect(await send('POST /directors', { body: { id: 3, name: 'x', owner: 'bob' } })).toMatchObject({
      status: 403,
      body: { code: '42501' },
    })
  })

  test('a broken promise undoes what was done', async () => {
    const kept = { transactionEnd: 'commit' } as const
    const asked = { config: kept, headers: singular, prefer: full, body: { title: 'lost' } }
    expect(await send('PATCH /films?id=lt.3', asked)).toMatchObject({ status: 406, body: { code: 'PGRST116' } })
    const bounded = { config: kept, prefer: 'handling=strict, max-affected=1', body: { title: 'lost' } }
    expect(await send('PATCH /films?id=lt.3', bounded)).toMatchObject({ status: 400, body: { code: 'PGRST124' } })
    expect((await send('GET /films?title=eq.lost')).body).toEqual([])
  })

  test('nothing is kept when the client asks to roll back, everything otherwise', async () => {
    const kept = { transactionEnd: 'commit' } as const
    await send('POST /films', { config: kept, prefer: 'tx=rollback', body: { id: 40 } })
    expect((await send('GET /films?id=eq.40')).body).toEqual([])
    const committed = await send('POST /films', { config: kept, body: { id: 41 } })
    expect(committed).toMatchObject({ status: 201, text: '' })
    expect(await send('DELETE /films?id=eq.41&select=id', { config: kept, prefer: full })).toMatchObject({
      status: 200,
      body: [{ id: 41 }],
    })
  })

  test('a key of the body that is no column is refused before Postgres is asked', async () => {
    expect(await send('POST /films', { body: { id: 1, titel: 'x' } })).toMatchObject({
      status: 400,
      body: { code: 'PGRST204' },
    })
  })

  test('where filters are required, all rows at once are refused as by safeupdate', async () => {
    const required = { config: { requireFilter: true } }
    expect(await send('DELETE /people', required)).toMatchObject({
      status: 400,
      body: { code: '21000', message: 'DELETE requires a WHERE clause' },
    })
    expect(await send('DELETE /people')).toMatchObject({ status: 204 })
  })
})

describe('calling', () => {
  test.each([
    ['GET /rpc/add?a=1', undefined, 11],
    ['GET /rpc/add?a=1&b=2', undefined, 3],
    ['POST /rpc/add', { a: 1, b: 2 }, 3],
    [
      'GET /rpc/films_since?year=1980&select=id,directors(name)&order=id.desc',
      undefined,
      [
        { id: 3, directors: { name: 'Agnès' } },
        { id: 2, directors: null },
      ],
    ],
    ['POST /rpc/films_since?title=eq.Ran&select=id', { year: 1 }, [{ id: 2 }]],
  ])('%s with %o', async (line, body, result) => {
    expect(await send(line, { body })).toMatchObject({ status: 200, body: result })
  })

  test('a function that returns nothing has no content', async () => {
    expect(await send('POST /rpc/nothing', { body: {} })).toMatchObject({ status: 204, text: '' })
  })

  test('GET cannot write', async () => {
    expect(await send('GET /rpc/remove_all')).toMatchObject({ status: 405, body: { code: '25006' } })
    expect(await send('POST /rpc/remove_all', { body: {} })).toMatchObject({ status: 200, body: 2 })
  })

  test('SQL may set the status and headers of the response', async () => {
    const teapot = await send('POST /rpc/teapot', { body: {} })
    expect(teapot).toMatchObject({ status: 418, body: 'short and stout' })
    expect(teapot.headers.get('x-kind')).toBe('teapot')
  })

  test('SQL reads the request it runs for', async () => {
    const sent = {
      headers: { 'x-custom': 'yes', cookie: 'flavour=plain' },
      config: { appSettings: [['app.settings.name', 'tenon']] as const },
    }
    expect((await send('GET /rpc/seen', sent)).body).toEqual({
      method: 'GET',
      path: '/rpc/seen',
      custom: 'yes',
      cookie: 'plain',
      role: 'authenticated',
      setting: 'tenon',
    })
  })
})

async function paths(role: string): Promise<readonly string[]> {
  const { body } = await send('GET /', { as: [role, 'x'] })
  return Object.keys((body as { paths: object }).paths)
}

test('the description of a schema shows what the caller may use', async () => {
  expect(await paths('authenticated')).toEqual(
    expect.arrayContaining(['/', '/directors', '/films', '/people', '/rpc/add']),
  )
  expect(await paths('anon')).not.toContain('/directors')
})

test('a role that Postgres does not know is the caller’s fault', async () => {
  expect(await send('GET /films', { as: ['nobody_by_this_name', 'x'] })).toMatchObject({
    status: 401,
    body: { code: '22023' },
  })
})
