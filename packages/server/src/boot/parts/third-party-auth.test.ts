// The endpoints of Third-Party Auth over a real file and a real verifier, asked as Studio asks.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import Fastify, { type FastifyInstance } from 'fastify'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { createActiveUserCounter } from '../../identity/active-users/active-user-counter.ts'
import { parseIssuers } from '../../identity/issuers/parse-issuers.ts'
import { createOwnKeys } from '../../identity/keys/own-keys.ts'
import { createVerifier, type Verifier } from '../../identity/verify/verifier.ts'
import { makePair, signRaw, silentLog } from '../../identity/verify/verifier-fixture.ts'
import { platformDoor } from '../../platform/platform-door.ts'
import { thirdPartyAuthArea } from '../../platform/trust/third-party-auth/third-party-auth-area.ts'
import { openConfigFile } from '../config-file/config-file.ts'

const pair = await makePair('RS256', 'ins_1')
const issuer = 'https://shop.local.clerk.accounts.dev'
const inAMinute = Math.floor(Date.now() / 1000) + 60
const token = await signRaw({ alg: 'RS256', kid: 'ins_1' }, { iss: issuer, sub: 'u', exp: inAMinute }, pair.privateKey)

const now = (): number => Date.now() / 1000

let folder: string
let clerk: Server
let verifier: Verifier
let app: FastifyInstance

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tenon-third-party-'))
  mkdirSync(join(folder, 'supabase'))
  clerk = createServer((request, response) => {
    const known = request.url === '/jwks.json' || request.url === '/oidc/jwks.json'
    response.writeHead(known ? 200 : 404).end(JSON.stringify({ keys: [pair.publicJwk] }))
  })
  await new Promise<void>((done) => clerk.listen(0, '127.0.0.1', done))
  const builtIn = [
    { instance: 'default', issuer, jwksUrl: `${here()}/jwks.json`, trusted: false },
    {
      instance: 'other',
      issuer: 'https://other.shop.local.clerk.accounts.dev',
      jwksUrl: `${here()}/jwks.json`,
      trusted: true,
    },
  ]
  verifier = createVerifier({
    own: createOwnKeys({ secret: null }),
    issuers: parseIssuers({}, { localIssuers: builtIn }),
    log: silentLog,
  })
  const activeUsers = createActiveUserCounter({ run: async () => [], now: () => 0, random: () => new Uint8Array(32) })
  const config = openConfigFile({ projectDir: folder, environment: {} })
  app = Fastify()
  await app.register(platformDoor([thirdPartyAuthArea({ config, verifier, activeUsers, builtIn, now })]))
})
afterEach(async () => {
  await app.close()
  clerk.closeAllConnections()
  await new Promise((done) => clerk.close(done))
  rmSync(folder, { recursive: true })
})

function here(): string {
  return `http://127.0.0.1:${(clerk.address() as AddressInfo).port}`
}

async function ask(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, body?: object) {
  const answer = await app.inject({ method, url, ...(body !== undefined && { payload: body }) })
  return { status: answer.statusCode, body: answer.json<Record<string, unknown>>() }
}

const toml = (): string => readFileSync(join(folder, 'supabase', 'config.toml'), 'utf8')
const write = (text: string): void => writeFileSync(join(folder, 'supabase', 'config.toml'), text)
const accepted = async (): Promise<string> =>
  await verifier.verify(token).then(
    ({ role }) => role,
    (refused: { code: string }) => refused.code,
  )

test('a domain that is added is trusted at once and written down, and trusted no more once it is removed', async () => {
  expect(await accepted()).toBe('token.issuer-unknown')
  const added = await ask('POST', '/third-party-auth', {
    type: 'clerk',
    domain: 'https://Shop.local.clerk.accounts.dev/',
  })
  expect(added).toMatchObject({
    status: 201,
    body: {
      integration: {
        id: 'clerk',
        type: 'clerk',
        issuer,
        keysFrom: 'this-machine',
        settings: { enabled: true, domain: 'shop.local.clerk.accounts.dev' },
        builtIn: { instance: 'default', connected: false, inFile: true },
        check: { state: 'waiting', error: null },
      },
    },
  })
  expect(toml()).toBe('[auth.third_party.clerk]\ndomain = "shop.local.clerk.accounts.dev"\nenabled = true\n')
  expect(await accepted()).toBe('anon')
  const { body } = await ask('GET', '/third-party-auth')
  expect(body).toMatchObject({
    problem: null,
    integrations: [
      {
        id: 'clerk',
        check: { state: 'ok', url: `${here()}/jwks.json` },
        keys: [{ kid: 'ins_1', algorithms: ['RS256'], firstSeen: expect.any(String) as string }],
        tokens: { accepted: 1, withoutRole: 1, lastSeen: expect.any(String) as string, refused: [] },
      },
      { id: 'built-in:other', builtIn: { instance: 'other', connected: true, inFile: false } },
    ],
  })
  expect(await ask('DELETE', '/third-party-auth/clerk')).toMatchObject({
    body: { removed: 'clerk', stillTrusted: null },
  })
  expect([toml(), await accepted()]).toEqual(['', 'token.issuer-unknown'])
})

test('several domains of Clerk stand beside each other, and each goes alone', async () => {
  write('# kept\n[auth.third_party.clerk]\nenabled = true # on\ndomain = "clerk.example.com"\n')
  await ask('POST', '/third-party-auth', { type: 'clerk', domain: 'shop.local.clerk.accounts.dev' })
  const both = 'domain = ["clerk.example.com", "shop.local.clerk.accounts.dev"]'
  expect(toml()).toBe(`# kept\n[auth.third_party.clerk]\nenabled = true # on\n${both}\n`)
  const changed = await ask('PATCH', '/third-party-auth/clerk:clerk.example.com', {
    domain: 'https://clerk.example.org',
  })
  expect(changed).toMatchObject({ status: 200, body: { integration: { issuer: 'https://clerk.example.org' } } })
  await ask('DELETE', '/third-party-auth/clerk:shop.local.clerk.accounts.dev')
  expect(toml()).toBe('# kept\n[auth.third_party.clerk]\nenabled = true # on\ndomain = "clerk.example.org"\n')
})

test.each([
  [{ type: 'firebase', project_id: 'p' }, 'https://securetoken.google.com/p', 'firebase'],
  [{ type: 'auth0', tenant: 't', tenant_region: 'eu' }, 'https://t.eu.auth0.com', 'auth0'],
  [{ type: 'auth0', tenant: 't', tenant_region: '' }, 'https://t.auth0.com', 'auth0'],
  [
    { type: 'aws_cognito', user_pool_id: 'p', user_pool_region: 'r' },
    'https://cognito-idp.r.amazonaws.com/p',
    'aws_cognito',
  ],
  [{ type: 'workos', issuer_url: 'https://api.workos.com/x' }, 'https://api.workos.com/x', 'workos'],
  [{ type: 'custom', issuer_url: 'https://id.example.com/realms/a' }, 'https://id.example.com/realms/a', 'custom'],
  [{ type: 'custom', name: 'second', issuer_url: 'https://t2.auth0.com' }, 'https://t2.auth0.com', 'auth0'],
])('%j is the issuer %s', async (entry, expected, type) => {
  const { status, body } = await ask('POST', '/third-party-auth', entry)
  expect({ status, body }).toMatchObject({ status: 201, body: { integration: { issuer: expected, type } } })
  expect(await ask('POST', '/third-party-auth', entry)).toMatchObject({
    status: 409,
    body: { code: 'third-party.exists', message: `${expected} is an integration already` },
  })
})

test('keys alone, with rules, are an issuer too, and rules change and go', async () => {
  const entry = {
    type: 'custom',
    name: 'keys',
    jwks_url: `${here()}/oidc/jwks.json`,
    default_role: 'anon',
    audience: ['a'],
  }
  expect((await ask('POST', '/third-party-auth', entry)).status).toBe(201)
  await ask('PATCH', '/third-party-auth/keys', { default_role: null, audience: null, allowed_roles: ['authenticated'] })
  expect(toml()).toBe(
    `[auth.third_party.keys]\njwks_url = "${here()}/oidc/jwks.json"\nallowed_roles = ["authenticated"]\n`,
  )
  const { body } = await ask('POST', '/third-party-auth/keys/check')
  expect(body).toMatchObject({ integration: { check: { state: 'ok' }, keys: [{ kid: 'ins_1' }], issuer: null } })
})

test('a check says whether the issuer does not answer or answers something else', async () => {
  await ask('POST', '/third-party-auth', { type: 'custom', name: 'bad', issuer_url: here() })
  expect((await ask('POST', '/third-party-auth/bad/check')).body).toMatchObject({
    integration: {
      check: { state: 'bad', error: `${here()}/.well-known/openid-configuration answers, but with HTTP status 404.` },
    },
  })
  await ask('POST', '/third-party-auth', { type: 'custom', name: 'away', issuer_url: 'http://127.0.0.1:1' })
  expect((await ask('POST', '/third-party-auth/away/check')).body).toMatchObject({
    integration: {
      check: {
        state: 'unreachable',
        error: expect.stringMatching(/cannot be reached: nothing listens there \(/) as string,
      },
    },
  })
})

test.each([
  [{ type: 'clerk', domain: 'example.com' }, 'third-party.invalid', /Did you mean clerk\.example\.com\?/],
  [{ type: 'clerk', domain: 'my.accounts.dev' }, 'third-party.invalid', /Did you mean my\.clerk\.accounts\.dev\?/],
  [{ type: 'clerk', domain: 'x.local.clerk.accounts.dev' }, 'third-party.invalid', /Those here are shop\.local/],
  [{ type: 'custom', issuer_url: 'http://example.com' }, 'third-party.invalid', null],
  [{ type: 'custom', name: 'x' }, 'third-party.invalid', null],
  [{ type: 'custom', issuer_url: 'https://x', default_role: 'service_role' }, 'third-party.invalid', null],
  [{ type: 'auth0', tenant: ' ' }, 'PGRST102', null],
  [{ type: 'saml' }, 'PGRST102', null],
])('%j is refused and changes nothing', async (entry, code, hint) => {
  const { status, body } = await ask('POST', '/third-party-auth', entry)
  expect({ status, code: body['code'] }).toEqual({ status: 400, code })
  expect(body['hint'] ?? '').toMatch(hint ?? /.*/)
  expect((await ask('GET', '/third-party-auth')).body).toMatchObject({ integrations: [{ id: 'built-in:other' }] })
})

test('a key that its table does not read is refused', async () => {
  await ask('POST', '/third-party-auth', { type: 'firebase', project_id: 'p' })
  const before = toml()
  expect(await ask('PATCH', '/third-party-auth/firebase', { tenant: 't' })).toMatchObject({
    status: 400,
    body: { message: 'auth.third_party.firebase has no tenant', hint: expect.stringMatching(/project_id/) as string },
  })
  expect(toml()).toBe(before)
})

test('what is not there, or is trusted without the file, cannot be removed', async () => {
  expect(await ask('DELETE', '/third-party-auth/nobody')).toMatchObject({
    status: 404,
    body: { code: 'third-party.unknown' },
  })
  expect(await ask('DELETE', '/third-party-auth/built-in:other')).toMatchObject({
    status: 409,
    body: { code: 'third-party.built-in', hint: expect.stringContaining('connected_to_supabase = false') as string },
  })
})

test('a place in the file that is left to people is refused, and a broken file is told beside what is trusted', async () => {
  write('[auth]\nthird_party = {}\n')
  expect(await ask('POST', '/third-party-auth', { type: 'firebase', project_id: 'p' })).toMatchObject({
    status: 409,
    body: { code: 'config.not-editable', message: expect.stringContaining('inline table') as string },
  })
  write('[auth\n')
  expect((await ask('GET', '/third-party-auth')).body).toMatchObject({
    problem: expect.stringContaining('Invalid TOML') as string,
    integrations: [{ issuer: 'https://other.shop.local.clerk.accounts.dev' }],
  })
  expect(await ask('POST', '/third-party-auth', { type: 'firebase', project_id: 'p' })).toMatchObject({
    status: 400,
    body: { code: 'config.invalid' },
  })
})
