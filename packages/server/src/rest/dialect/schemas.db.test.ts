import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { openTestDoor, type TestDoor } from '../door.test-support.ts'
import { cinema, exposed } from './cinema.test-support.ts'

let door: TestDoor

const more = `
  comment on schema api is e'Cinema\\n\\nAll there is';
  create function api.add(a int, b int default 10) returns int language sql immutable as 'select a + b';
  create function api.ping() returns int language sql immutable as 'select 1';
  create function api.act() returns int language sql volatile as 'select 1';
  create function api.root() returns json language sql stable as $$ select '{"hello":"root"}'::json $$;
  create materialized view api.frozen as select id from api.films;
  create schema hidden;
  create table hidden.secrets (id int);
`

beforeAll(async () => {
  door = await openTestDoor(cinema + more, { schemas: exposed })
})
afterAll(() => door.close())

describe('the schema', () => {
  test('is the first exposed one, or that of the profile', async () => {
    const places = await door.send('GET /places', { headers: { 'accept-profile': 'other' } })
    expect(places).toMatchObject({ status: 200, body: [] })
    expect(places.headers.get('content-profile')).toBe('other')
    const made = await door.send('POST /places', {
      headers: { 'content-profile': 'other', 'accept-profile': 'nowhere' },
      prefer: 'return=representation',
      body: { id: 1 },
    })
    expect(made).toMatchObject({ status: 201, body: [{ id: 1 }] })
    expect(made.headers.get('content-profile')).toBe('other')
    expect((await door.send('GET /films?limit=1')).headers.get('content-profile')).toBe('api')
  })

  test('is not named where there is only one and nobody asked', async () => {
    const { headers } = await door.send('GET /films?limit=1', { config: { schemas: ['api'] } })
    expect(headers.has('content-profile')).toBe(false)
  })

  test('must be exposed', async () => {
    expect(await door.send('GET /secrets', { headers: { 'accept-profile': 'hidden' } })).toMatchObject({
      status: 406,
      body: {
        code: 'PGRST106',
        message: 'Invalid schema: hidden',
        hint: 'Only the following schemas are exposed: api, other',
      },
    })
  })

  test.each([
    ['/places', 404, { code: 'PGRST205', message: "Could not find the table 'api.places' in the schema cache" }],
    ['/filmss', 404, { code: 'PGRST205', hint: "Perhaps you meant the table 'api.films'" }],
    ['/a/b', 404, { code: 'PGRST125', message: 'Invalid path specified in request URL' }],
  ])('%s is not there', async (address, status, body) => {
    expect(await door.send(`GET ${address}`)).toMatchObject({ status, body })
  })
})

describe('OPTIONS', () => {
  test.each([
    ['/films', 'OPTIONS,GET,HEAD,POST,PUT,PATCH,DELETE'],
    ['/logs', 'OPTIONS,GET,HEAD,POST,PATCH,DELETE'],
    ['/recent', 'OPTIONS,GET,HEAD,POST,PUT,PATCH,DELETE'],
    ['/frozen', 'OPTIONS,GET,HEAD'],
    ['/rpc/ping', 'OPTIONS,GET,HEAD,POST'],
    ['/rpc/act', 'OPTIONS,POST'],
    ['/', 'OPTIONS,GET,HEAD'],
  ])('of %s allows %s', async (address, allowed) => {
    const { status, headers, text } = await door.send(`OPTIONS ${address}`)
    expect([status, headers.get('allow'), headers.get('access-control-allow-origin'), text]).toEqual([
      200,
      allowed,
      '*',
      '',
    ])
  })

  test.each(['/nowhere', '/rpc/add', '/rpc/nowhere'])('of %s is refused', async (address) => {
    expect((await door.send(`OPTIONS ${address}`)).status).toBe(404)
  })

  test('a method that does nothing here is refused', async () => {
    expect(await door.send('FOO /films')).toMatchObject({
      status: 405,
      body: { code: 'PGRST117', message: 'Unsupported HTTP method: FOO' },
    })
    expect(await door.send('POST /')).toMatchObject({ status: 405, body: { code: 'PGRST117' } })
  })
})

async function paths(role: string, followsPrivileges = true): Promise<readonly string[]> {
  const openApi = { followsPrivileges, securityActive: false, serverUrl: 'http://localhost:3000' }
  const { body } = await door.send('GET /', { as: [role, 'x'], config: { openApi } })
  return Object.keys((body as { paths: object }).paths)
}

describe('the description', () => {
  test('shows what the caller may use, or all there is', async () => {
    expect(await paths('authenticated')).toEqual(expect.arrayContaining(['/', '/directors', '/films', '/rpc/add']))
    expect(await paths('anon')).toContain('/films')
    expect(await paths('anon')).not.toContain('/directors')
    expect(await paths('anon', false)).toContain('/directors')
  })

  test.each([
    ['*/*', 'application/openapi+json; charset=utf-8', { swagger: '2.0' }],
    ['application/json', 'application/openapi+json; charset=utf-8', { swagger: '2.0' }],
    ['application/openapi+json', 'application/openapi+json; charset=utf-8', { swagger: '2.0' }],
    [
      'application/openapi+json;version=3.1',
      'application/openapi+json;version=3.1; charset=utf-8',
      { openapi: '3.1.0' },
    ],
    [
      'application/openapi+json; version="3.1"',
      'application/openapi+json;version=3.1; charset=utf-8',
      { openapi: '3.1.0' },
    ],
    [
      'application/vnd.oai.openapi+json',
      'application/vnd.oai.openapi+json;version=3.1; charset=utf-8',
      { openapi: '3.1.0' },
    ],
    [
      'application/vnd.oai.openapi+json;version=3.1',
      'application/vnd.oai.openapi+json;version=3.1; charset=utf-8',
      { openapi: '3.1.0' },
    ],
  ])('for Accept: %s is %s', async (accept, type, version) => {
    const { status, headers, body } = await door.send('GET /', { headers: { accept } })
    expect([status, headers.get('content-type')]).toEqual([200, type])
    expect(body).toMatchObject({ ...version, info: { title: 'Cinema', description: 'All there is' } })
  })

  test('in another version or type is refused', async () => {
    for (const accept of ['application/vnd.oai.openapi+json;version=4.0', 'text/csv']) {
      expect(await door.send('GET /', { headers: { accept } })).toMatchObject({
        status: 406,
        body: { code: 'PGRST107' },
      })
    }
  })

  test('is a function’s answer, or nobody’s, where that is configured', async () => {
    const byFunction = { config: { root: { kind: 'routine', name: 'root' } } } as const
    expect((await door.send('GET /', byFunction)).body).toEqual({ hello: 'root' })
    const disabled = { config: { root: { kind: 'disabled' } } } as const
    expect(await door.send('GET /', disabled)).toMatchObject({ status: 404, body: { code: 'PGRST126' } })
  })
})
