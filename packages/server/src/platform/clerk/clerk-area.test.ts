import {
  createServer,
  request as ask,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'

import Fastify, { type FastifyInstance } from 'fastify'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { platformDoor } from '../platform-door.ts'
import { clerkArea } from './clerk-area.ts'
import type { ClerkInstance } from './clerk-instance.ts'

interface Seen {
  readonly method: string | undefined
  readonly url: string | undefined
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/** What reached the Backend API, which answers everything as Clerk answers what it refuses. */
const seen: Seen[] = []
const refused = JSON.stringify({ errors: [{ code: 'form_param_missing', message: 'is missing' }] })

let upstream: Server
let app: FastifyInstance
let base: string

beforeEach(async () => {
  seen.length = 0
  upstream = createServer((request, response) => void refuse(request, response))
  await new Promise<void>((done) => upstream.listen(0, '127.0.0.1', done))
  app = await serve([instance('default'), instance('shop')])
  base = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/platform/v1`
})
afterEach(async () => {
  await app.close()
  upstream.close()
})

async function refuse(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method, url, headers } = request
  seen.push({ method, url, headers, body: Buffer.concat(await request.toArray()) })
  const answered = { 'content-type': 'application/json', 'set-cookie': 'a=b', location: 'http://evil.example' }
  response.writeHead(url?.includes('moved') === true ? 302 : 422, answered).end(refused)
}

function instance(name: string): ClerkInstance {
  const domain = `${name}.local.clerk.accounts.dev`
  const backendApiUrl = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}/backend`
  const urls = { frontendApiUrl: 'http://127.0.0.1:1', jwksUrl: 'http://127.0.0.1:1/jwks.json', backendApiUrl }
  const keys = { publishableKey: `pk_test_${name}`, secretKey: `sk_test_of_${name}` }
  return { name, domain, issuer: `https://${domain}`, environment: 'development', ...urls, ...keys }
}

const isTrusted = (issuer: string): boolean => issuer.includes('default')

async function serve(instances: readonly ClerkInstance[] | null): Promise<FastifyInstance> {
  const fastify = Fastify({ genReqId: () => 'request-1' })
  const area = clerkArea({ instances: () => instances, isTrusted, mailboxUrl: 'http://127.0.0.1:2' })
  await fastify.register(platformDoor([area]), { prefix: '/platform/v1' })
  await fastify.listen({ host: '127.0.0.1', port: 0 })
  return fastify
}

function onlyOne(): Seen {
  const [one] = seen
  if (one === undefined) throw new Error('nothing reached the Backend API')
  return one
}

test('the instances are told without their secret keys, which are told one by one', async () => {
  const listed = await (await fetch(`${base}/clerk/instances`)).text()
  expect(listed).not.toContain('sk_test')
  expect(JSON.parse(listed)).toMatchObject({
    instances: [
      { name: 'default', publishableKey: 'pk_test_default', trusted: true, mailboxUrl: 'http://127.0.0.1:2' },
      { name: 'shop', domain: 'shop.local.clerk.accounts.dev', trusted: false },
    ],
  })
  const key = await fetch(`${base}/clerk/instances/shop/secret-key`)
  expect(await key.json()).toEqual({ secretKey: 'sk_test_of_shop' })
})

test.each([
  ['GET', null],
  ['POST', '{"a":1}'],
  ['PUT', '{"a":1}'],
  ['PATCH', '{"a":1}'],
  ['DELETE', null],
])('a %s reaches the Backend API of its instance, with that one’s key', async (method, sentBody) => {
  const cookie = 'tenon-studio-54323=session'
  const headers = { cookie, authorization: 'Bearer mine', origin: 'http://x', 'content-type': 'application/json' }
  const answer = await fetch(`${base}/clerk/shop/users?limit=1`, {
    method,
    headers,
    ...(sentBody !== null && { body: sentBody }),
  })
  expect([answer.status, await answer.text()]).toEqual([422, refused])
  expect(answer.headers.getSetCookie()).toEqual([])
  const { url, headers: sent, body: received } = onlyOne()
  expect([url, received.toString()]).toEqual(['/backend/v1/users?limit=1', sentBody ?? ''])
  expect(sent.authorization).toBe('Bearer sk_test_of_shop')
  expect([sent.cookie, sent.origin]).toEqual([undefined, undefined])
})

test('a form with a file arrives as it was sent', async () => {
  const form = new FormData()
  form.set('file', new Blob([Buffer.alloc(300_000, 7)], { type: 'image/png' }), 'ada.png')
  await fetch(`${base}/clerk/default/users/user_1/profile_image`, { method: 'POST', body: form })
  const { headers, body } = onlyOne()
  expect(headers['content-type']).toMatch(/^multipart\/form-data; boundary=/)
  expect(body.includes(Buffer.alloc(300_000, 7))).toBe(true)
})

test.each(['GET', 'DELETE'])('the body of a %s is no request of its own', async (method) => {
  const smuggled = 'GET /backend/v1/smuggled HTTP/1.1\r\nhost: x\r\n\r\n'
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const headers = { 'transfer-encoding': 'chunked' }
    ask(`${base}/clerk/default/users`, { method, headers }, resolve).once('error', reject).end(smuggled)
  })
  expect([answer.statusCode, await new Response(Readable.toWeb(answer) as ReadableStream).text()]).toEqual([
    422,
    refused,
  ])
  // Were it one, it would have come before this.
  await fetch(`${base}/clerk/default/users/later`)
  expect(seen.map(({ url, body }) => [url, body.toString()])).toEqual([
    ['/backend/v1/users', smuggled],
    ['/backend/v1/users/later', ''],
  ])
})

test('a redirect is followed by nobody', async () => {
  const answer = await fetch(`${base}/clerk/default/moved`, { redirect: 'manual' })
  expect([answer.status, answer.headers.get('location'), seen.length]).toEqual([302, null, 1])
})

test.each([
  ['another place', '/clerk/default/..%2f..%2fother', 400, 'platform.clerk-path'],
  ['an instance that is not there', '/clerk/nobody/users', 404, 'platform.object-unknown'],
  ['the key of one that is not there', '/clerk/instances/nobody/secret-key', 404, 'platform.object-unknown'],
])('a request for %s reaches nobody', async (_what, path, status, code) => {
  const answer = await fetch(base + path)
  expect([answer.status, await answer.json(), seen]).toEqual([status, expect.objectContaining({ code }), []])
})

test('an instance that does not answer is told as such', async () => {
  await new Promise((done) => upstream.close(done))
  const answer = await fetch(`${base}/clerk/default/users`)
  expect([answer.status, await answer.json()]).toEqual([
    502,
    expect.objectContaining({ code: 'platform.clerk-unreachable' }),
  ])
})

test('where the built-in instance is off, every address says so', async () => {
  const without = await serve(null)
  for (const url of ['/clerk/instances', '/clerk/default/users', '/clerk/instances/default/secret-key']) {
    const answer = await without.inject(`/platform/v1${url}`)
    expect([answer.statusCode, answer.json()]).toEqual([
      404,
      expect.objectContaining({ code: 'platform.clerk-disabled' }),
    ])
  }
  await without.close()
})
