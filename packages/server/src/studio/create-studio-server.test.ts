import { once } from 'node:events'
import { type IncomingMessage, request as ask, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

import type { FastifyInstance } from 'fastify'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { createStudioAccess, type StudioAccess } from './access/studio-access.ts'
import { createStudioServer } from './create-studio-server.ts'

const COOKIE = 'tenon-studio-1'
const PASSWORD = 'correct horse battery'
const clock = { now: 1_700_000_000_000 }
/** What reached the API: its address, and the cookies that were left. */
const reached: (string | undefined)[][] = []
/** Where the instances' pictures are. */
const pictures = ['http://127.0.0.1:54330', 'http://127.0.0.1:54330', 'http://shop.example:8080']

let access: StudioAccess
let app: FastifyInstance
let base: string

beforeEach(async () => {
  reached.length = 0
  access = createStudioAccess(PASSWORD, () => clock.now)
  const logger = pino({ level: 'silent' })
  app = await createStudioServer({ access, cookie: COOKIE, hosts: [], api, pictures: () => pictures, logger })
  await app.listen({ host: '127.0.0.1', port: 0 })
  base = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
})
afterEach(async () => await app.close())

function api(request: IncomingMessage, response: ServerResponse): void {
  reached.push([request.url, request.headers.cookie])
  if (request.headers.expect !== undefined) response.writeContinue()
  request.resume().on('end', () => response.writeHead(200, { 'content-type': 'text/html' }).end('<p>data</p>'))
}

const own = () => ({ origin: base, 'x-tenon-studio': '1' })
const signedIn = () => ({ cookie: `other=1; ${COOKIE}=${access.enterByCode(access.createCode().code)}` })
const signIn = async (form: Record<string, string>, headers: Record<string, string> = { origin: base }) =>
  await fetch(`${base}/sign-in`, { method: 'POST', headers, body: new URLSearchParams(form), redirect: 'manual' })

test('a stranger who opens the page gets a page to sign in at, wherever it was opened', async () => {
  for (const path of ['/', '/tables/public/tasks?filter=1', '/index.html']) {
    const answer = await fetch(base + path, { headers: { accept: 'text/html' } })
    expect([answer.status, answer.headers.get('content-type')]).toEqual([401, 'text/html; charset=utf-8'])
    expect(await answer.text()).toContain('Sign in to Studio')
  }
})

test.each([
  '/platform/v1/project',
  '/platform/v1',
  '/platform/v1?x',
  '/rest/v1/tasks',
  '/rest/v1/',
  '/assets/index.js',
])('a stranger who asks for %s is refused as a program is', async (path) => {
  const answer = await fetch(base + path)
  expect([answer.status, await answer.json()]).toEqual([
    401,
    expect.objectContaining({ code: 'studio.session-required' }),
  ])
  expect(reached).toEqual([])
})

test.each([
  ['a made-up session', () => ({ cookie: `${COOKIE}=made-up`, ...own() }), 401, 'studio.session-required'],
  [
    'the session of another port',
    () => ({ cookie: signedIn().cookie.replace(COOKIE, 'tenon-studio-2'), ...own() }),
    401,
    'studio.session-required',
  ],
  ['a session and no origin', () => ({ ...signedIn(), 'x-tenon-studio': '1' }), 403, 'studio.page-foreign'],
  [
    'a session and a page of another site',
    () => ({ ...signedIn(), ...own(), origin: 'https://evil.example' }),
    403,
    'studio.page-foreign',
  ],
  ['a session and no header of ours', () => ({ ...signedIn(), origin: base }), 403, 'studio.header-missing'],
  [
    'a session and a name that was pointed here',
    () => ({ ...signedIn(), ...own(), host: 'evil.example' }),
    421,
    'studio.host-foreign',
  ],
])('a change with %s is refused before its body is read', async (_what, headers, status, code) => {
  const sent = ask(`${base}/platform/v1/query`, {
    method: 'POST',
    headers: { ...headers(), expect: '100-continue', 'content-length': '1000000000' },
  })
  let asksForBody = false
  sent.on('continue', () => (asksForBody = true))
  sent.flushHeaders()
  const [answer] = (await once(sent, 'response')) as [IncomingMessage]
  const body = Buffer.concat(await answer.toArray()).toString()
  sent.destroy()
  expect([answer.statusCode, JSON.parse(body)]).toEqual([status, expect.objectContaining({ code })])
  expect([asksForBody, reached]).toEqual([false, []])
})

test('a page signed in reaches the API, which sees every cookie but the session', async () => {
  const headers = { ...signedIn(), ...own() }
  const answer = await fetch(`${base}/platform/v1/query?a=b`, { method: 'POST', headers, body: '{}' })
  expect([answer.status, await answer.text()]).toEqual([200, '<p>data</p>'])
  expect(reached).toEqual([['/platform/v1/query?a=b', 'other=1']])
  expect(answer.headers.get('content-security-policy')).toContain('sandbox')
  expect(answer.headers.get('cache-control')).toBe('no-store')
})

test('a link shows a button, and signs in once when it is pressed', async () => {
  const { code } = access.createCode()
  for (const time of ['looked ahead', 'opened']) {
    const page = await fetch(`${base}/sign-in?code=${code}`)
    expect([time, await page.text()]).toEqual([time, expect.stringContaining(`value="${code}"`)])
  }
  const entered = await signIn({ code })
  expect([entered.status, entered.headers.get('location')]).toEqual([303, '/'])
  const [cookie = ''] = entered.headers.getSetCookie()
  expect(cookie).toMatch(/^tenon-studio-1=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/)
  const again = await signIn({ code })
  expect([again.status, await again.text()]).toEqual([401, expect.stringContaining('used before, or is too old')])
})

test('a link leads to the page that a stranger had wanted, and to the home page whoever is in already', async () => {
  const asked = await fetch(`${base}/table-editor/public/tasks?sort=id`, { headers: { accept: 'text/html' } })
  const [wanted = ''] = asked.headers.getSetCookie()
  expect(wanted).toContain('; Path=/sign-in; HttpOnly; SameSite=Strict')
  const headers = { origin: base, cookie: wanted.slice(0, wanted.indexOf(';')) }
  const entered = await signIn({ code: access.createCode().code }, headers)
  expect(entered.headers.get('location')).toBe('/table-editor/public/tasks?sort=id')
  const again = await fetch(`${base}/sign-in?code=used`, { headers: signedIn(), redirect: 'manual' })
  expect([again.status, again.headers.get('location')]).toEqual([303, '/'])
})

test('a link that is too old signs nobody in', async () => {
  const { code, expiresAt } = access.createCode()
  clock.now = expiresAt
  expect((await signIn({ code })).status).toBe(401)
})

test('what a link carries is shown as text', async () => {
  const page = await fetch(`${base}/sign-in?code=${encodeURIComponent('"><script>alert(1)</script>')}`)
  expect(await page.text()).not.toContain('<script>alert')
})

test('the password signs in and leads to where one was going', async () => {
  const wrong = await signIn({ password: 'wrong' })
  expect([wrong.status, await wrong.text()]).toEqual([401, expect.stringContaining('This is not the password.')])
  const right = await signIn({ password: PASSWORD, next: '/sql?tab=1' })
  expect([right.status, right.headers.get('location')]).toEqual([303, '/sql?tab=1'])
})

test('pages of other sites sign nobody in or out', async () => {
  const headers = { origin: 'https://evil.example', ...signedIn() }
  expect((await signIn({ password: PASSWORD }, headers)).status).toBe(403)
  expect((await signIn({ password: PASSWORD }, {})).status).toBe(403)
  expect((await fetch(`${base}/sign-out`, { method: 'POST', headers })).status).toBe(403)
})

test('whoever guesses waits, also with the right password', async () => {
  for (let time = 0; time < 5; time += 1) await signIn({ password: 'wrong' })
  const answer = await signIn({ password: PASSWORD })
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '60'])
})

test('guesses that are sent at once are no more than those that are sent one by one', async () => {
  const guesses = Array.from({ length: 20 }, async () => (await signIn({ password: 'wrong' })).status)
  expect((await Promise.all(guesses)).filter((status) => status === 401)).toHaveLength(5)
})

test('a link signs in while somebody guesses passwords', async () => {
  for (let time = 0; time < 6; time += 1) await signIn({ password: 'wrong' })
  expect((await signIn({ code: access.createCode().code })).status).toBe(303)
})

test('what is no form signs nobody in, and breaks nothing', async () => {
  for (const body of ['{"code":1}', '{"password":{}}']) {
    const headers = { 'content-type': 'application/json', origin: base }
    const answer = await fetch(`${base}/sign-in`, { method: 'POST', headers, body })
    expect([body, answer.status]).toEqual([body, 415])
  }
})

test('signing out ends the session', async () => {
  const { cookie } = signedIn()
  const left = await fetch(`${base}/sign-out`, {
    method: 'POST',
    headers: { origin: base, cookie },
    redirect: 'manual',
  })
  expect([left.status, left.headers.getSetCookie()[0]]).toEqual([303, expect.stringContaining('Max-Age=0')])
  expect((await fetch(`${base}/rest/v1/tasks`, { headers: { cookie } })).status).toBe(401)
})

test('an address that cannot be decoded is refused under the same rules', async () => {
  const { status, headers } = await fetch(`${base}/%`)
  expect([status, headers.get('x-content-type-options'), headers.get('x-frame-options')]).toEqual([
    400,
    'nosniff',
    'DENY',
  ])
})

test('every page forbids inline scripts, frames and sniffing', async () => {
  for (const path of ['/', '/sign-in', '/sign-in?code=x']) {
    const { headers } = await fetch(base + path, { headers: { accept: 'text/html' } })
    const policy = headers.get('content-security-policy') ?? ''
    expect([path, policy]).toEqual([path, expect.stringMatching(/^default-src 'none'; script-src 'self';/)])
    expect(policy).toContain("frame-ancestors 'none'")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  }
})

test('the page may show pictures of the built-in instances and of nobody else', async () => {
  const page = await fetch(`${base}/`, { headers: signedIn() })
  const [images] = /img-src [^;]*/.exec(page.headers.get('content-security-policy') ?? '') ?? []
  expect(images).toBe("img-src 'self' data: http://127.0.0.1:54330 http://shop.example:8080")
})
