import { once } from 'node:events'
import { createServer, request as ask } from 'node:http'
import { connect } from 'node:net'
import type { AddressInfo } from 'node:net'
import { Writable } from 'node:stream'
import { pino } from 'pino'
import { Registry } from 'prom-client'
import { afterEach, expect, test } from 'vitest'
import { createIdentify } from '../identity/create-identify.ts'
import { createKeyRing } from '../identity/api-keys/key-ring.ts'
import { defaultOpaqueKeys, storeOpaqueKey } from '../identity/api-keys/opaque-keys.ts'
import { isRefusal } from '../refusal/refusal.ts'
import type { WebRequest, WebResponse } from '../rest/web.ts'
import { createHttpServer } from './create-http-server.ts'
import type { HttpServer } from './create-http-server.ts'
import type { HttpServerOptions } from './http-options.ts'

const { publishable, secret } = defaultOpaqueKeys
const keyRing = createKeyRing({
  opaque: [storeOpaqueKey('publishable', 'p', publishable), storeOpaqueKey('secret', 's', secret)],
  legacy: null,
})

interface Started {
  readonly base: string
  readonly port: number
  readonly log: object[]
  readonly server: HttpServer
}

const running: HttpServer[] = []

afterEach(async () => {
  for (const server of running.splice(0)) await server.close(0)
})

async function start(
  more: Partial<HttpServerOptions> = {},
  requireApiKey = false,
  refuseSecretKeysInBrowsers = false,
): Promise<Started> {
  const log: object[] = []
  const sink = new Writable({
    write(line: Buffer, _encoding, done) {
      log.push(JSON.parse(line.toString()) as object)
      done()
    },
  })
  const verifier = { verify: () => Promise.reject(new Error('no token is verified here')) }
  const gate = createIdentify({ verifier: verifier as never, keyRing, requireApiKey, refuseSecretKeysInBrowsers })
  const server = await createHttpServer({
    rest: (web) => Promise.resolve(json(200, { saw: web.path })),
    gate,
    guardSecretPaths: requireApiKey,
    health: () => Promise.resolve({ healthy: true, facts: { database: 'up' } }),
    registry: new Registry(),
    openMetrics: true,
    logger: pino({ level: 'info' }, sink),
    ...more,
  })
  running.push(server)
  const { port }: AddressInfo = await server.listen(0, '127.0.0.1')
  return { base: `http://127.0.0.1:${port}`, port, log, server }
}

function json(status: number, body: unknown): WebResponse {
  return { status, headers: [['content-type', 'application/json']], body: JSON.stringify(body) }
}

/** A REST door that tells what it was given. */
async function mirror(web: WebRequest): Promise<WebResponse> {
  try {
    const body = (await web.body()).toString()
    return json(200, { method: web.method, path: web.path, query: web.query, headers: web.headers, body })
  } catch (thrown) {
    if (isRefusal(thrown)) return json(413, { code: thrown.code, detail: thrown.detail })
    throw thrown
  }
}

/** Sends bytes as they are and gives everything that comes back until the server closes. */
async function raw(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  let answer = ''
  socket.on('data', (chunk: Buffer) => (answer += chunk.toString()))
  socket.write(text)
  await once(socket, 'close')
  return answer
}

test('the REST door sees the raw path below its prefix, the raw query, the headers and the body', async () => {
  const { base } = await start({ rest: mirror })
  const response = await fetch(`${base}/rest/v1/a%2Fb?select=x%20y&a=eq.1`, {
    method: 'PATCH',
    body: '{"ß":1}',
    headers: { Prefer: 'return=minimal' },
  })
  expect(response.headers.get('content-length')).not.toBeNull()
  expect(await response.json()).toMatchObject({
    method: 'PATCH',
    path: '/a%2Fb',
    query: 'select=x%20y&a=eq.1',
    headers: { prefer: 'return=minimal' },
    body: '{"ß":1}',
  })
  expect(await (await fetch(`${base}/rest/v1`)).json()).toMatchObject({ path: '/', query: '', body: '' })
})

test('a key in the query is the credential and no filter, and a key in the header goes before it', async () => {
  const { base } = await start({ rest: mirror })
  const legacy = 'eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoiYW5vbiJ9.c2ln'
  const seen = async (query: string, headers: Record<string, string> = {}): Promise<object> =>
    (await (await fetch(`${base}/rest/v1/x?${query}`, { headers })).json()) as object
  expect(await seen(`a=eq.%2F&apikey=${publishable}&b=is.null`)).toMatchObject({
    query: 'a=eq.%2F&b=is.null',
    headers: { apikey: publishable },
  })
  expect(await seen(`apikey=${legacy}`)).toMatchObject({ query: '', headers: { apikey: legacy } })
  expect(await seen(`apikey=${publishable}`, { apikey: secret })).toMatchObject({
    query: '',
    headers: { apikey: secret },
  })
  const filtered = await seen('apikey=eq.abc&select=apikey')
  expect(filtered).toMatchObject({ query: 'apikey=eq.abc&select=apikey' })
  expect(filtered).not.toHaveProperty('headers.apikey')
})

test('a header that stands twice in an answer is sent twice, and a reason phrase as SQL chose it', async () => {
  const answer = {
    status: 200,
    statusText: 'My Way',
    headers: [
      ['Set-Cookie', 'a=1'],
      ['Set-Cookie', 'b=2'],
    ],
    body: '',
  } as const
  const { base } = await start({ rest: () => Promise.resolve(answer) })
  const response = await fetch(`${base}/rest/v1/x`)
  expect(response.statusText).toBe('My Way')
  expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2'])
  expect(response.headers.get('content-length')).toBe('0')
})

test('HEAD and 204 carry neither a body nor a length that was not given', async () => {
  const none: WebResponse = { status: 204, headers: [], body: '' }
  const { port } = await start({
    rest: (web) => Promise.resolve(web.method === 'HEAD' ? { ...json(200, [1]), withoutLength: true } : none),
  })
  const head = await raw(port, 'HEAD /rest/v1/x HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n')
  expect(head).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
  expect(head.toLowerCase()).not.toMatch(/content-length|transfer-encoding/)
  expect(head.endsWith('\r\n\r\n')).toBe(true)
  const gone = await raw(port, 'DELETE /rest/v1/x HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n')
  expect(gone).toMatch(/^HTTP\/1\.1 204 /)
  expect(gone.toLowerCase()).not.toMatch(/content-length|transfer-encoding/)
})

test('a body over the limit is refused before it is read, and while it is', async () => {
  const { base, port } = await start({ rest: mirror, limits: { bodyBytes: 1000 } })
  const expectation = await raw(
    port,
    'POST /rest/v1/x HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 1001\r\nexpect: 100-continue\r\n\r\n',
  )
  expect(expectation).toMatch(/^HTTP\/1\.1 413 /)
  const chunked = await fetch(`${base}/rest/v1/x`, {
    method: 'POST',
    body: new Blob(['x'.repeat(900), 'y'.repeat(900)]).stream(),
    duplex: 'half',
  })
  expect(await chunked.json()).toEqual({ code: 'request.body-too-large', detail: { limit: 1000 } })
  expect((await fetch(`${base}/rest/v1/x`, { method: 'POST', body: 'x'.repeat(1000) })).status).toBe(200)
})

test('a caller who waits to be told to send is told once the door wants the body', async () => {
  const { port } = await start({ rest: mirror })
  const answer = await raw(
    port,
    'POST /rest/v1/x HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 2\r\nexpect: 100-continue\r\n\r\nhi',
  )
  expect(answer).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 /)
})

test('a preflight is answered before the key is asked for, reflecting the headers it names', async () => {
  const { base } = await start({}, true)
  const response = await fetch(`${base}/rest/v1/tasks`, {
    method: 'OPTIONS',
    headers: {
      origin: 'https://app.example',
      'access-control-request-method': 'PATCH',
      'access-control-request-headers': 'authorization,x-mine',
    },
  })
  expect(response.status).toBe(200)
  expect(await response.text()).toBe('')
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'access-control-allow-origin': '*',
    'access-control-allow-headers': 'authorization,x-mine',
    'access-control-allow-methods': expect.stringContaining('PATCH') as string,
    'access-control-max-age': '3600',
  })
})

test('answers to another origin, refusals too, may be read by it', async () => {
  const { base } = await start({}, true)
  for (const headers of [{ apikey: publishable }, { apikey: 'wrong' }]) {
    const response = await fetch(`${base}/rest/v1/x`, { headers: { ...headers, origin: 'https://app.example' } })
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(response.headers.get('access-control-expose-headers')).toContain('content-range')
  }
  expect((await fetch(`${base}/health`)).headers.has('access-control-allow-origin')).toBe(false)
})

test('a list of origins admits those with their cookies and no other', async () => {
  const { base } = await start({ cors: { origins: ['https://a.example'] } })
  const from = async (origin: string): Promise<Headers> =>
    (await fetch(`${base}/rest/v1/x`, { headers: { origin } })).headers
  const admitted = await from('https://a.example')
  expect(admitted.get('access-control-allow-origin')).toBe('https://a.example')
  expect(admitted.get('access-control-allow-credentials')).toBe('true')
  expect((await from('https://b.example')).has('access-control-allow-origin')).toBe(false)
})

test('an Access-Control-Allow-Origin of the door does not stand beside ours', async () => {
  const answer: WebResponse = { status: 200, headers: [['Access-Control-Allow-Origin', '*']], body: '' }
  const { base } = await start({ rest: () => Promise.resolve(answer) })
  const response = await fetch(`${base}/rest/v1/x`, { method: 'OPTIONS', headers: { origin: 'https://a.example' } })
  expect(response.headers.get('access-control-allow-origin')).toBe('*')
})

const MISSING = { message: 'No API key found in request', hint: 'No `apikey` request header or url param was found.' }
const INVALID = { message: 'Invalid API key', hint: 'Double check your Supabase `anon` or `service_role` API key.' }

test.each<[string, string, Record<string, string>, number, object]>([
  ['no key', '/rest/v1/x', {}, 401, MISSING],
  ['an unknown key', '/rest/v1/x', { apikey: 'sb_publishable_nope' }, 401, INVALID],
  ['an opaque key in Authorization alone', '/rest/v1/x', { authorization: `Bearer ${publishable}` }, 401, MISSING],
  ['the publishable key', '/rest/v1/x', { apikey: publishable }, 200, expect.anything() as object],
  ['the key in the query', `/rest/v1/x?apikey=${publishable}`, {}, 200, expect.anything() as object],
  ['the secret key', '/rest/v1/x', { apikey: secret }, 200, expect.anything() as object],
  [
    'the secret key before the description of the schema',
    '/rest/v1/',
    { apikey: secret },
    200,
    expect.anything() as object,
  ],
  ['no key before storage, which judges for itself', '/storage/v1/x', {}, 404, expect.anything() as object],
  ['no key before an open path of auth', '/auth/v1/.well-known/jwks.json', {}, 404, expect.anything() as object],
  ['no key before another path of auth', '/auth/v1/user', {}, 401, MISSING],
])('where keys are demanded: %s', async (_what, path, headers, status, body) => {
  const { base } = await start({}, true)
  const response = await fetch(base + path, { headers })
  expect(response.status).toBe(status)
  expect(await response.json()).toEqual(body)
})

test('where keys are demanded, the description of the schema wants a secret one', async () => {
  const { base } = await start({}, true)
  for (const path of ['/rest/v1', '/rest/v1/', '/rest/v1/?select=x']) {
    expect((await fetch(base + path, { headers: { apikey: publishable } })).status).toBe(401)
  }
  const { base: lenient } = await start()
  expect((await fetch(`${lenient}/rest/v1/`)).status).toBe(200)
})

test('a secret key in a browser is turned away before every door but the administration, keys demanded or not', async () => {
  const { base } = await start({}, false, true)
  const headers = { apikey: secret, 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64)' }
  for (const path of ['/rest/v1/x', '/rest/v1/', '/storage/v1/x', `/rest/v1/x?apikey=${secret}`]) {
    const shown = path.includes('?') ? { 'user-agent': headers['user-agent'] } : headers
    const response = await fetch(base + path, { headers: shown })
    expect(response.status).toBe(401)
    expect(await response.json()).toMatchObject({ message: 'Forbidden use of secret API key in browser' })
  }
  expect((await fetch(`${base}/rest/v1/x`, { headers: { ...headers, apikey: publishable } })).status).toBe(200)
  expect((await fetch(`${base}/rest/v1/x`, { headers: { apikey: secret } })).status).toBe(200)
  expect((await fetch(`${base}/platform/v1/x`, { headers })).status).toBe(404)
})

test('the description of the schema can be guarded where no keys are demanded', async () => {
  const { base } = await start({ guardSecretPaths: true })
  const status = async (headers: Record<string, string>): Promise<number> =>
    (await fetch(`${base}/rest/v1/`, { headers })).status
  expect(await status({})).toBe(401)
  expect(await status({ apikey: publishable })).toBe(401)
  expect(await status({ apikey: secret })).toBe(200)
  expect((await fetch(`${base}/rest/v1/x`)).status).toBe(200)
})

test('a query in the body goes through, from other origins too', async () => {
  const { base } = await start({ rest: mirror })
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const response = await fetch(`${base}/rest/v1/x?select=id`, { method: 'QUERY', body: 'a=eq.1', headers })
  expect(await response.json()).toMatchObject({ method: 'QUERY', query: 'select=id', body: 'a=eq.1' })
  const asked = { origin: 'https://a.example', 'access-control-request-method': 'QUERY' }
  const allowed = (await fetch(`${base}/rest/v1/x`, { method: 'OPTIONS', headers: asked })).headers
  expect(allowed.get('access-control-allow-methods')).toMatch(/\bQUERY\b/)
  expect(allowed.get('access-control-allow-headers')).toContain('x-http-method-override')
})

test('the platform door wants a secret key even where no keys are demanded', async () => {
  const { base } = await start({
    doors: {
      platform: async (fastify) => {
        fastify.get('/echo', (request, reply) => reply.send({ id: request.id }))
      },
    },
  })
  const as = (headers: Record<string, string>): Promise<Response> => fetch(`${base}/platform/v1/echo`, { headers })
  expect((await as({})).status).toBe(401)
  expect((await as({ apikey: publishable })).status).toBe(401)
  const response = await as({ apikey: secret, 'x-request-id': 'mine-1' })
  expect(await response.json()).toEqual({ id: 'mine-1' })
  expect(response.headers.get('sb-request-id')).toBe('mine-1')
  expect((await as({ authorization: `Bearer ${secret}` })).status).toBe(200)
})

test('no web page reaches the platform door, not even with the secret key', async () => {
  const { base } = await start({
    doors: {
      platform: async (fastify) => {
        fastify.post('/echo', (_request, reply) => reply.send({}))
      },
    },
  })
  const origin = 'https://evil.example'
  const asking = { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'apikey' }
  const asked = await fetch(`${base}/platform/v1/echo`, { method: 'OPTIONS', headers: asking })
  expect([asked.status, asked.headers.get('access-control-allow-headers')]).toEqual([401, null])
  for (const query of ['', `?apikey=${secret}`]) {
    const headers = { origin, apikey: secret }
    const sent = await fetch(`${base}/platform/v1/echo${query}`, { method: 'POST', headers })
    expect([sent.status, await sent.json()]).toEqual([
      401,
      expect.objectContaining({ message: 'Forbidden use of secret API key in browser' }),
    ])
  }
})

test('a function of the project cannot take back what the server before it forbids the browser', async () => {
  const headers = [
    ['content-type', 'text/html'],
    ['Content-Security-Policy', 'default-src *'],
    ['X-Own', '1'],
  ] as const
  const { server } = await start({ rest: () => Promise.resolve({ status: 200, headers, body: '<p>' }) })
  const before = createServer((request, response) => {
    response.setHeader('content-security-policy', 'sandbox')
    server.handleAdmitted(request, response)
  })
  await new Promise<void>((done) => before.listen(0, '127.0.0.1', done))
  const answer = await fetch(`http://127.0.0.1:${(before.address() as AddressInfo).port}/rest/v1/rpc/page`)
  before.close()
  expect([answer.headers.get('content-security-policy'), answer.headers.get('x-own')]).toEqual(['sandbox', '1'])
  expect(await answer.text()).toBe('<p>')
})

test('a path without a door says which doors there are, and a door to come that it is not there yet', async () => {
  const { base } = await start()
  const stray = await fetch(`${base}/nowhere`)
  expect(stray.status).toBe(404)
  expect(await stray.json()).toMatchObject({
    message: 'no Route matched with those values',
    hint: expect.stringContaining('/rest/v1') as string,
  })
  const absent = await fetch(`${base}/graphql/v1`, { method: 'POST', body: '{}' })
  expect(absent.status).toBe(404)
  expect(await absent.json()).toMatchObject({ message: 'The graphql door is not there yet' })
})

test('a door that is switched off names the key that does so', async () => {
  const { base } = await start({ switchedOff: { storage: '[storage] enabled' } })
  const off = await fetch(`${base}/storage/v1/bucket`)
  expect([off.status, await off.json()]).toEqual([
    404,
    { message: 'The storage door is switched off', hint: '[storage] enabled is false.' },
  ])
})

test('health is 200 with the state of the database and 503 without it, also where it cannot be told', async () => {
  const well = await fetch(`${(await start()).base}/health`)
  expect([well.status, await well.json()]).toEqual([200, { status: 'ok', database: 'up' }])
  const down = await start({ health: () => Promise.resolve({ healthy: false, facts: { database: 'down' } }) })
  const ill = await fetch(`${down.base}/health`)
  expect([ill.status, await ill.json()]).toEqual([503, { status: 'unavailable', database: 'down' }])
  const broken = await start({ health: () => Promise.reject(new Error('secret words')) })
  const unknown = await fetch(`${broken.base}/health`)
  expect([unknown.status, await unknown.json()]).toEqual([503, { status: 'unavailable', reason: 'unknown' }])
})

test('metrics count requests by door, method and status, and can be kept for the secret key', async () => {
  const { base } = await start()
  await (await fetch(`${base}/rest/v1/x`)).text()
  const text = await (await fetch(`${base}/metrics`)).text()
  expect(text).toContain('# TYPE tenon_http_request_duration_seconds histogram')
  expect(text).toContain('tenon_http_request_duration_seconds_count{door="rest",method="GET",status="200"} 1')
  expect(text).toContain('_bucket{le="10",door="rest",method="GET",status="200"} 1')
  expect(text).toContain('_bucket{le="+Inf",door="rest",method="GET",status="200"} 1')
  const closed = await start({ openMetrics: false })
  expect((await fetch(`${closed.base}/metrics`)).status).toBe(401)
  expect((await fetch(`${closed.base}/metrics`, { headers: { apikey: secret } })).status).toBe(200)
})

test('what breaks in a door is a 500 with a trace id and nothing of its cause', async () => {
  const { base, log } = await start({
    rest: () => Promise.reject(new Error('secret words')),
    doors: {
      auth: async (fastify) => {
        fastify.get('/broken', () => Promise.reject(new Error('secret words')))
      },
    },
  })
  for (const path of ['/rest/v1/x', '/auth/v1/broken']) {
    const response = await fetch(base + path)
    const text = await response.text()
    expect(response.status).toBe(500)
    expect(text).not.toContain('secret words')
    const traceId = (JSON.parse(text) as { trace_id: string }).trace_id
    expect(traceId).toBe(response.headers.get('x-request-id'))
    expect(log).toContainEqual(expect.objectContaining({ msg: 'fault', traceId }))
  }
})

test('the access log tells facts and neither query nor token', async () => {
  const identity = { role: 'authenticated', issuer: 'https://issuer.example' } as never
  const { base, log } = await start({
    rest: (web) => Promise.resolve({ ...json(web.query === '' ? 401 : 200, {}), identity }),
  })
  const headers = { authorization: 'Bearer aaa.bbb.ccc', 'x-request-id': 'r-1' }
  await (await fetch(`${base}/rest/v1/tasks?secret=1`, { headers })).text()
  await (await fetch(`${base}/rest/v1/tasks`, { headers })).text()
  await (await fetch(`${base}/rest/v1/tasks?x`)).text()
  expect(log[0]).toMatchObject({
    requestId: 'r-1',
    method: 'GET',
    path: '/rest/v1/tasks',
    door: 'rest',
    status: 200,
    ms: expect.any(Number) as number,
    role: 'authenticated',
    issuer: 'https://issuer.example',
  })
  expect(log[1]).toMatchObject({ status: 401, token: expect.stringMatching(/^[0-9a-f]{12}$/) as string })
  expect(JSON.stringify(log)).not.toMatch(/aaa|secret/)
})

test('the access log shows neither a token in an unknown path nor all of a long one', async () => {
  const { base, log } = await start()
  await (await fetch(`${base}/eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl/${'y'.repeat(3000)}`)).text()
  await (await fetch(`${base}/health/${secret}`)).text()
  expect(log[0]).toMatchObject({ path: expect.stringMatching(/^\/[0-9a-f]{12}\/y+…$/) as string, status: 404 })
  expect(JSON.stringify(log)).not.toMatch(/eyJ|sb_secret/)
  expect(JSON.stringify(log[0]).length).toBeLessThan(500)
})

test('a strange request id is replaced', async () => {
  const { base } = await start()
  for (const shown of ['a b', 'x'.repeat(200), '{}']) {
    const response = await fetch(`${base}/rest/v1/x`, { headers: { 'x-request-id': shown } })
    expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  }
})

test.each([
  ['no HTTP at all', 'hello\r\n\r\n', 400],
  [
    'two lengths',
    'POST /rest/v1/x HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n',
    400,
  ],
  ['an unheard-of method', 'FOO /rest/v1/x HTTP/1.1\r\nhost: x\r\n\r\n', 405],
  ['a proxy’s CONNECT', 'CONNECT x:1 HTTP/1.1\r\nhost: x\r\n\r\n', 405],
  ['headers without end', `GET / HTTP/1.1\r\nhost: x\r\n${`x: ${'y'.repeat(90)}\r\n`.repeat(200)}\r\n`, 431],
  ['a long URL', `GET /${'y'.repeat(3000)} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`, 414],
  ['a stray upgrade', 'GET /x HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n', 404],
])('%s is answered in JSON', async (_what, text, status) => {
  const { port } = await start({ limits: { headerBytes: 8192, urlBytes: 2000 } })
  const answer = await raw(port, text)
  expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
  expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4))).toHaveProperty('message')
})

test('a caller who trickles headers is cut off', async () => {
  const { port } = await start({ limits: { headersTimeout: 100 } })
  expect(await raw(port, 'GET /rest/v1/x HTTP/1.1\r\nhost:')).toMatch(/^HTTP\/1\.1 408 /)
})

function upgrade(key: string): string {
  return `GET /realtime/v1/websocket?apikey=${key} HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n`
}

test('an upgrade reaches its door, which judges the key', async () => {
  const { port } = await start(
    { upgrades: { realtime: (_request, socket) => socket.end('HTTP/1.1 101 X\r\n\r\n') } },
    true,
  )
  expect(await raw(port, upgrade(publishable))).toMatch(/^HTTP\/1\.1 101 /)
  expect(await raw(port, upgrade('nope'))).toMatch(/^HTTP\/1\.1 101 /)
})

test('closing finishes what is in flight, closes idle connections and accepts nothing new', async () => {
  const arrived = Promise.withResolvers<void>()
  const go = Promise.withResolvers<void>()
  const rest = async (): Promise<WebResponse> => {
    arrived.resolve()
    await go.promise
    return json(200, 'done')
  }
  const { base, port, server } = await start({ rest })
  const idle = connect(port, '127.0.0.1')
  await once(idle, 'connect')
  const answer = fetch(`${base}/rest/v1/x`)
  await arrived.promise
  const closed = server.close(10_000)
  await once(idle.resume(), 'close')
  await expect(fetch(`${base}/health`)).rejects.toThrow('fetch failed')
  go.resolve()
  const response = await answer
  expect(response.headers.get('connection')).toBe('close')
  expect(await response.json()).toBe('done')
  expect(await closed).toBe(true)
})

test('closing breaks off what does not end by its deadline', async () => {
  const arrived = Promise.withResolvers<void>()
  const { base, server } = await start({
    rest: () => {
      arrived.resolve()
      return new Promise(() => {})
    },
  })
  const answer = fetch(`${base}/rest/v1/x`)
  answer.catch(() => {})
  await arrived.promise
  expect(await server.close(50)).toBe(false)
  await expect(answer).rejects.toThrow('fetch failed')
})

test('a caller who hangs up during the body is logged as gone and breaks nothing', async () => {
  const { port, log, base } = await start({ rest: mirror })
  const outgoing = ask({
    port,
    host: '127.0.0.1',
    path: '/rest/v1/x',
    method: 'POST',
    headers: { 'content-length': 10 },
  })
  outgoing.on('error', () => {})
  outgoing.write('abc')
  await (await fetch(`${base}/rest/v1/x`)).text()
  outgoing.destroy()
  while (log.length < 2) await (await fetch(`${base}/rest/v1/x`)).text()
  await expect.poll(() => log.some((line) => 'status' in line && line.status === 499)).toBe(true)
  expect(log.some((line) => 'msg' in line && line.msg === 'fault')).toBe(false)
})
