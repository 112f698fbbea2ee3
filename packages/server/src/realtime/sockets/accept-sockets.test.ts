import { once } from 'node:events'
import { createHmac } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

import { afterEach, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'

import { createKeyRing } from '../../identity/api-keys/key-ring.ts'
import { defaultJwtSecret, mintLegacyKeys } from '../../identity/api-keys/legacy-keys.ts'
import { defaultOpaqueKeys, storeOpaqueKey } from '../../identity/api-keys/opaque-keys.ts'
import { createIdentify } from '../../identity/create-identify.ts'
import type { Identity } from '../../identity/identity.ts'
import { createOwnKeys } from '../../identity/keys/own-keys.ts'
import { createVerifier } from '../../identity/verify/verifier.ts'
import { renderPhoenix } from '../../refusal/phoenix/render-phoenix.ts'
import { isRefusal } from '../../refusal/refusal.ts'
import { defaultRealtimeConfig, type RealtimeConfig } from '../config.ts'
import { acceptSockets } from './accept-sockets.ts'
import { OpenSockets } from './open-sockets.ts'
import type { SocketConnection } from './socket-connection.ts'

const { publishable, secret } = defaultOpaqueKeys
const legacy = mintLegacyKeys(defaultJwtSecret)
const opened: Server[] = []

afterEach(() => {
  for (const server of opened.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

interface Greeted {
  readonly connection: SocketConnection
  readonly identity: Identity
  readonly heard: string[]
}

/** A server whose sockets are greeted by somebody who writes down what they say. */
async function serve(wishes: Partial<RealtimeConfig> = {}, idleTimeout = 60_000) {
  const config = { ...defaultRealtimeConfig, ...wishes }
  const own = createOwnKeys({ secret: defaultJwtSecret, signingKeys: [] })
  const log = { info: () => undefined, warn: () => undefined }
  const opaque = [storeOpaqueKey('publishable', 'p', publishable), storeOpaqueKey('secret', 's', secret)]
  const keyRing = createKeyRing({ opaque, legacy })
  const gate = createIdentify({
    verifier: createVerifier({ own, issuers: [], log }),
    keyRing,
    refuseSecretKeysInBrowsers: true,
  })
  const sockets = new OpenSockets(idleTimeout)
  const greeted: Greeted[] = []
  const refusedFrom: string[] = []
  const clock = { now: 0 }
  const state = { isClosing: false }
  const joins = { isReached: false, limit: 5 }
  const accept = acceptSockets({
    gate,
    config,
    open: () => sockets.size,
    joins,
    sockets,
    now: () => clock.now,
    greet(connection, identity) {
      const heard: string[] = []
      greeted.push({ connection, identity, heard })
      return {
        hear: (data) => void heard.push(data.toString()),
        overwhelmed: () => undefined,
        closed: () => void heard.push('closed'),
      }
    },
    answer: (thrown, remote) => {
      refusedFrom.push(remote)
      const said = isRefusal(thrown) ? renderPhoenix(thrown) : null
      if (said === null) throw thrown
      return { status: said.status, error: said.message }
    },
    isClosing: () => state.isClosing,
  })
  const server = createServer().listen(0, '127.0.0.1')
  opened.push(server)
  server.on('upgrade', (request, socket, head) => void accept(request, socket, head))
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  return { url: `ws://127.0.0.1:${port}/realtime/v1/websocket`, sockets, greeted, refusedFrom, clock, state, joins }
}

type Outcome = { readonly open: true } | { readonly status: number | undefined; readonly body: unknown }

async function connect(url: string, headers: Record<string, string> = {}): Promise<[Outcome, WebSocket]> {
  const client = new WebSocket(url, { headers })
  const outcome = await new Promise<Outcome>((resolve) => {
    client.on('open', () => resolve({ open: true }))
    client.on('error', () => undefined)
    client.on('unexpected-response', (_request, response) => {
      let text = ''
      response.on('data', (chunk: Buffer) => (text += chunk.toString()))
      response.on('end', () => resolve({ status: response.statusCode, body: JSON.parse(text) }))
    })
  })
  return [outcome, client]
}

async function closing(client: WebSocket): Promise<[number, string]> {
  return await new Promise((resolve) => client.once('close', (code, reason) => resolve([code, reason.toString()])))
}

function token(claims: object): string {
  const body = [{ alg: 'HS256', typ: 'JWT' }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  return `${body}.${createHmac('sha256', defaultJwtSecret).update(body).digest('base64url')}`
}

describe('a key', () => {
  test.each([
    ['publishable', publishable, 'anon'],
    ['secret', secret, 'service_role'],
    ['legacy anon', legacy.anon, 'anon'],
    ['legacy service', legacy.serviceRole, 'service_role'],
  ])('that is %s opens a socket in its role', async (_what, key, role) => {
    const { url, greeted } = await serve()
    expect((await connect(`${url}?apikey=${key}&vsn=2.0.0`))[0]).toEqual({ open: true })
    expect(greeted.map(({ identity, connection }) => [identity.role, connection.vsn])).toEqual([[role, '2.0.0']])
  })

  test('in x-api-key beats the one in the query', async () => {
    const { url, greeted } = await serve()
    await connect(`${url}?apikey=${publishable}`, { 'x-api-key': secret })
    expect(greeted.map(({ identity }) => identity.role)).toEqual(['service_role'])
    const [refused] = await connect(`${url}?apikey=${publishable}`, { 'x-api-key': 'sb_publishable_wrong' })
    expect(refused).toMatchObject({ status: 401 })
  })

  test.each([
    ['that is missing', '', 401, 'No API key found in request'],
    ['that is empty', '?apikey=', 401, 'No API key found in request'],
    ['that is unknown', '?apikey=sb_publishable_wrong', 401, 'Invalid API key'],
    ['that is no key at all', '?apikey=wrong', 401, 'Invalid API key'],
    ['of another product', '?apikey=pk_test_Y2xlcmsuZXhhbXBsZSQ', 401, 'Invalid API key'],
    ['that cannot be decoded', '?apikey=a.b.c', 401, 'Invalid API key'],
    ['of another project', `?apikey=${legacy.anon.slice(0, -4)}AAAA`, 401, 'Failed to validate JWT signature'],
    ['that never ends', `?apikey=${token({ role: 'anon' })}`, 401, 'Fields `role` and `exp` are required in JWT'],
    ['that has expired', `?apikey=${token({ role: 'anon', exp: 1 })}`, 401, /^Token has expired \d+ seconds ago$/],
  ])('%s is refused before the upgrade', async (_what, query, status, error) => {
    const { url, greeted, refusedFrom } = await serve()
    const [outcome] = await connect(url + query)
    expect(outcome).toEqual({ status, body: { error: typeof error === 'string' ? error : matching(error) } })
    expect(greeted).toEqual([])
    expect(refusedFrom).toEqual(['127.0.0.1'])
  })

  test('that is secret is refused from a browser, where the project says so', async () => {
    const { url } = await serve()
    const [outcome] = await connect(`${url}?apikey=${secret}`, { 'user-agent': 'Mozilla/5.0' })
    expect(outcome).toEqual({ status: 401, body: { error: 'Forbidden use of secret API key in browser' } })
  })
})

describe('before the upgrade', () => {
  test('the serializer is 1.0.0 unless the client names another, and no third', async () => {
    const { url, greeted } = await serve()
    await connect(`${url}?apikey=${publishable}`)
    expect(greeted[0]?.connection.vsn).toBe('1.0.0')
    const [outcome] = await connect(`${url}?apikey=${publishable}&vsn=3.0.0`)
    expect(outcome).toMatchObject({ status: 400, body: { error: matching(/3\.0\.0 is unknown/) } })
  })

  test('nothing but /websocket is there', async () => {
    const { url } = await serve()
    for (const path of ['longpoll', 'websocket/more', 'x/websocket']) {
      const [outcome] = await connect(`${url.replace('websocket', path)}?apikey=${publishable}`)
      expect(outcome).toEqual({ status: 404, body: { error: `Realtime has nothing at /realtime/v1/${path}` } })
    }
    expect((await connect(`${url}/?x=?&apikey=${publishable}`))[0]).toEqual({ open: true })
  })

  test.each([
    ['https://app.example', true],
    ['http://localhost:3000', true],
    ['http://127.0.0.1', true],
    ['https://evil.example', false],
    ['http://localhost.evil.example', false],
    ['null', false],
  ])('a page of %s may open one: %j', async (origin, may) => {
    const { url } = await serve({ origins: ['https://app.example'] })
    const [outcome] = await connect(`${url}?apikey=${publishable}`, { origin })
    const refused = { status: 403, body: { error: `Pages of ${origin} may not connect` } }
    expect(outcome).toEqual(may ? { open: true } : refused)
  })

  test('no more sockets than the limit, for those whose key is true', async () => {
    const limits = { ...defaultRealtimeConfig.limits, sockets: 1 }
    const { url } = await serve({ limits })
    const [, first] = await connect(`${url}?apikey=${publishable}`)
    const [refused] = await connect(`${url}?apikey=${publishable}`)
    expect(refused).toEqual({ status: 429, body: { error: 'Too many connected users' } })
    expect((await connect(url))[0]).toMatchObject({ status: 401 })
    first.close()
    await closing(first)
    expect((await connect(`${url}?apikey=${publishable}`))[0]).toEqual({ open: true })
  })

  test('none while joins come faster than they may', async () => {
    const { url, joins } = await serve()
    joins.isReached = true
    const [refused] = await connect(`${url}?apikey=${publishable}`)
    expect(refused).toEqual({ status: 429, body: { error: 'Too many joins per second' } })
  })

  test('a server that ends takes none', async () => {
    const { url, state } = await serve()
    state.isClosing = true
    const [outcome] = await connect(`${url}?apikey=${publishable}`)
    expect(outcome).toEqual({ status: 503, body: { error: 'The server restarts' } })
  })
})

describe('an open socket', () => {
  test('shows its headers, without what is secret or of the handshake', async () => {
    const { url, greeted } = await serve()
    const headers = { 'x-from': 'test', cookie: 'a=b', authorization: 'Bearer x', 'user-agent': 'me' }
    await connect(`${url}?apikey=${publishable}`, headers)
    const { host, ...shown } = JSON.parse(greeted[0]?.connection.headersJson ?? '') as Record<string, string>
    expect(shown).toEqual({ 'x-from': 'test', 'user-agent': 'me' })
    expect(host).toMatch(/^127/)
  })

  test('that says more than a frame may hold is closed with 1009', async () => {
    const limits = { ...defaultRealtimeConfig.limits, frameBytes: 1024 }
    const { url, greeted } = await serve({ limits })
    const [, client] = await connect(`${url}?apikey=${publishable}`)
    client.send('x'.repeat(1025))
    expect(await closing(client)).toEqual([1009, ''])
    await expect.poll(() => greeted[0]?.heard).toEqual(['closed'])
  })

  test('that is silent for too long is closed, one that speaks or pings is not', async () => {
    const { url, sockets, greeted, clock } = await serve({}, 60_000)
    const [, silent] = await connect(`${url}?apikey=${publishable}`)
    const [, lively] = await connect(`${url}?apikey=${publishable}`)
    const [, pinging] = await connect(`${url}?apikey=${publishable}`)
    clock.now = 60_001
    const closed = closing(silent)
    lively.send('beat')
    const answered = once(pinging, 'pong')
    pinging.ping()
    await expect.poll(() => greeted[1]?.heard).toEqual(['beat'])
    await answered
    sockets.sweep(clock.now)
    expect(await closed).toEqual([4408, 'No heartbeat'])
    await expect.poll(() => sockets.size).toBe(2)
    expect(greeted[1]?.heard).toEqual(['beat'])
  })

  test('that does not even answer a close is broken off', async () => {
    const { url, sockets, clock } = await serve({}, 10)
    const [, client] = await connect(`${url}?apikey=${publishable}`)
    client.pause()
    clock.now = 21
    sockets.sweep(clock.now)
    await expect.poll(() => sockets.size).toBe(0)
    client.terminate()
  })

  test('is told to come back when the server ends', async () => {
    const { url, sockets } = await serve()
    const [, client] = await connect(`${url}?apikey=${publishable}`)
    const [, deaf] = await connect(`${url}?apikey=${publishable}`)
    deaf.pause()
    const closed = closing(client)
    await sockets.closeAll(50)
    expect(await closed).toEqual([1012, 'The server restarts'])
    expect(sockets.size).toBe(0)
    deaf.terminate()
  })
})

function matching(pattern: RegExp): unknown {
  return expect.stringMatching(pattern)
}
