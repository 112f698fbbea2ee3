import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { type RunningStack, startStack } from './running-stack.ts'

let stack: RunningStack
let api: string

beforeAll(async () => {
  stack = await startStack({
    files: {
      'supabase/config.toml':
        'project_id = "gateway"\n[api]\nschemas = ["public"]\nrequire_apikey = true\n[api.limits]\nbody = 1000\nurl = 2000\n',
    },
  })
  api = stack.line('API_URL')
})
afterAll(async () => await stack[Symbol.asyncDispose]())

test('health says that the database answers', async () => {
  const answer = await fetch(`${api}/health`)
  expect(answer.status).toBe(200)
})

test('metrics are in the Prometheus text format and count requests', async () => {
  await fetch(`${api}/rest/v1/tasks`, { headers: { apikey: stack.line('PUBLISHABLE_KEY') } })
  const text = await (await fetch(`${api}/metrics`)).text()
  expect(text).toMatch(/^# TYPE \w+ histogram$/m)
  expect(text).toMatch(/rest/)
})

test('a preflight is answered before any key is asked for, with the headers it asked about', async () => {
  const answer = await fetch(`${api}/rest/v1/tasks`, {
    method: 'OPTIONS',
    headers: {
      origin: 'http://localhost:3000',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,apikey,x-client-info,content-type',
    },
  })
  expect(answer.ok).toBe(true)
  expect(answer.headers.get('access-control-allow-origin')).toMatch(/^(\*|http:\/\/localhost:3000)$/)
  expect(answer.headers.get('access-control-allow-headers')?.toLowerCase()).toContain('x-client-info')
  expect(answer.headers.get('access-control-allow-methods')).toContain('PATCH')
})

test.each([
  ['no key', {}, 'No API key found in request'],
  ['an unknown key', { apikey: 'sb_publishable_unknown' }, 'Invalid API key'],
])('where a key is required, %s is a 401', async (_name, headers, message) => {
  const answer = await fetch(`${api}/rest/v1/tasks`, { headers })
  expect(answer.status).toBe(401)
  expect(await answer.json()).toMatchObject({ message })
})

test('where a key is required, a known one passes, in the header or in the query', async () => {
  const key = stack.line('PUBLISHABLE_KEY')
  expect((await fetch(`${api}/rest/v1/tasks`, { headers: { apikey: key } })).status).toBe(200)
  expect((await fetch(`${api}/rest/v1/tasks`, { headers: { apikey: stack.line('ANON_KEY') } })).status).toBe(200)
  for (const name of ['PUBLISHABLE_KEY', 'ANON_KEY', 'SECRET_KEY']) {
    const answer = await fetch(`${api}/rest/v1/tasks?select=name&apikey=${stack.line(name)}`)
    expect([name, answer.status]).toEqual([name, 200])
  }
})

test('a body over the limit is a 413 and writes nothing', async () => {
  const answer = await fetch(`${api}/rest/v1/tasks`, {
    method: 'POST',
    headers: { apikey: stack.line('SECRET_KEY'), 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'x'.repeat(2000), user_id: 'u' }),
  })
  expect(answer.status).toBe(413)
})

test('a URL over the limit is a 414', async () => {
  const answer = await fetch(`${api}/rest/v1/tasks?name=eq.${'x'.repeat(3000)}`, {
    headers: { apikey: stack.line('SECRET_KEY') },
  })
  expect(answer.status).toBe(414)
})

test('a path nobody serves is a 404 in JSON', async () => {
  const answer = await fetch(`${api}/nowhere`, { headers: { apikey: stack.line('PUBLISHABLE_KEY') } })
  expect(answer.status).toBe(404)
  expect(answer.headers.get('content-type')).toContain('application/json')
})

test('every answer carries a request id, the one that was sent where it is sane', async () => {
  const headers = { apikey: stack.line('PUBLISHABLE_KEY'), 'x-request-id': 'abc-123' }
  expect((await fetch(`${api}/rest/v1/tasks`, { headers })).headers.get('x-request-id')).toBe('abc-123')
  expect((await fetch(`${api}/health`)).headers.get('x-request-id')).toBeTruthy()
})

describe('in production', () => {
  let production: RunningStack
  const secret = 'sb_secret_0123456789abcdefghijkl_01234567'
  const publishable = 'sb_publishable_0123456789abcdefghijkl_01234567'
  const auth = `jwt_secret = "${'production '.repeat(4)}"\npublishable_key = "${publishable}"\nsecret_key = "${secret}"`

  beforeAll(async () => {
    production = await startStack({
      files: {
        'supabase/config.toml': `project_id = "p"\n[api]\nrequire_apikey = false\n[auth]\n${auth}\n[clerk]\nenabled = false\n`,
      },
      environment: { NODE_ENV: 'production' },
    })
  })
  afterAll(async () => await production[Symbol.asyncDispose]())

  test.each<[string, string, Record<string, string>, number]>([
    ['a read without a key, where none is demanded', '/rest/v1/tasks', {}, 200],
    ['the description of the schema without a key', '/rest/v1/', {}, 401],
    ['the description of the schema for the publishable key', '/rest/v1/', { apikey: publishable }, 401],
    ['the description of the schema for the secret key', '/rest/v1/', { apikey: secret }, 200],
    ['the metrics for anybody', '/metrics', {}, 401],
    ['the metrics for the secret key', '/metrics', { apikey: secret }, 200],
    ['a secret key in a browser', '/rest/v1/tasks', { apikey: secret, 'user-agent': 'Mozilla/5.0 (X11)' }, 401],
    ['the publishable key in a browser', '/rest/v1/tasks', { apikey: publishable, 'user-agent': 'Mozilla/5.0' }, 200],
  ])('%s', async (_what, path, headers, status) => {
    expect((await fetch(production.line('API_URL') + path, { headers })).status).toBe(status)
  })
})
