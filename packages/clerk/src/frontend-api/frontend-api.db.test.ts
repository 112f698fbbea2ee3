import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'

import { afterAll, beforeAll, expect, test } from 'vitest'

import { createTestDatabase, type TestDatabase } from '../../../testing/src/template-database.ts'
import { type RunningClerk, startClerk } from '../start-clerk.ts'

const secretKey = 'sk_test_frontend_instance'
const origin = 'http://localhost:3000'

let database: TestDatabase
let clerk: RunningClerk

beforeAll(async () => {
  database = await createTestDatabase()
  clerk = await startClerk({
    databaseUrl: database.url('tenon_clerk'),
    port: 0,
    instances: [{ name: 'default', domain: 'tasks.local.clerk.accounts.dev', secretKey }],
  })
})

afterAll(async () => {
  await clerk.stop()
  await database.drop()
})

interface Asked {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
}

async function ask(path: string, { method = 'GET', headers = {} }: Asked = {}): Promise<Response> {
  return await fetch(`${clerk.url}${path}`, { method, redirect: 'manual', headers: { origin, ...headers } })
}

async function json(answer: Response): Promise<Record<string, unknown>> {
  return (await answer.json()) as Record<string, unknown>
}

async function enableOrganizations(enabled: boolean): Promise<void> {
  await fetch(`${clerk.url}/v1/dev_tools/enable_environment_setting?_method=PATCH`, {
    method: 'POST',
    body: new URLSearchParams({ enable_organizations: String(enabled) }),
  })
}

async function clientIdOf(answer: Response): Promise<string> {
  return ((await json(answer))['response'] as { id: string }).id
}

async function devBrowser(): Promise<string> {
  return String((await json(await ask('/v1/dev_browser', { method: 'POST' })))['id'])
}

test('the environment has every section, travels bare, and echoes the origin', async () => {
  const answer = await ask('/v1/environment')
  expect(answer.headers.get('access-control-allow-origin')).toBe(origin)
  expect(answer.headers.get('access-control-allow-credentials')).toBe('true')
  expect(Object.keys(await json(answer))).toEqual(
    expect.arrayContaining(['auth_config', 'display_config', 'user_settings', 'organization_settings']),
  )
})

test('the pages to sign in and up at are taken to be the usual ones beside the page that asks', async () => {
  expect(await json(await ask('/v1/environment'))).toMatchObject({
    display_config: { sign_in_url: `${origin}/sign-in`, sign_up_url: `${origin}/sign-up` },
  })
})

test('PATCH arrives as POST with _method', async () => {
  const answer = await ask('/v1/environment?_method=PATCH', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
  expect(await json(answer)).toMatchObject({ object: 'environment' })
})

test('a browser gets a client on demand and keeps it by its dev browser', async () => {
  const token = await devBrowser()
  const first = await json(await ask(`/v1/client?__clerk_db_jwt=${token}`))
  expect(first).toMatchObject({ response: { object: 'client', sessions: [] }, client: null })
  const second = await json(await ask(`/v1/client?__clerk_db_jwt=${token}`))
  expect(second['response']).toMatchObject({ id: (first['response'] as { id: string }).id })
})

test('a browser keeps its client by its cookie', async () => {
  const first = await ask('/v1/client')
  const cookie = first.headers.get('set-cookie') ?? ''
  expect(cookie).toMatch(/^__client=[\w-]{43}; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax$/)
  const again = await ask('/v1/client', { headers: { cookie: cookie.split(';')[0] ?? '' } })
  expect(await clientIdOf(again)).toBe(await clientIdOf(first))
})

test('an unknown dev browser is told to begin anew', async () => {
  const answer = await ask('/v1/client?__clerk_db_jwt=dvb_unknown')
  expect(answer.status).toBe(401)
  expect(await json(answer)).toMatchObject({ errors: [{ code: 'dev_browser_unauthenticated' }] })
})

test('a page of another site is refused', async () => {
  const answer = await ask('/v1/client', { headers: { origin: 'https://evil.example' } })
  expect(answer.status).toBe(400)
  expect(await json(answer)).toMatchObject({ errors: [{ code: 'origin_invalid' }] })
})

/** As `fetch` would not send it: to a host of a name that somebody has pointed at this machine. */
async function statusAs(host: string, headers: Readonly<Record<string, string>> = {}): Promise<number | undefined> {
  const asked = get(`${clerk.url}/v1/client`, { headers: { ...headers, host } })
  const [answer] = (await once(asked, 'response')) as [IncomingMessage]
  answer.resume()
  return answer.statusCode
}

test.each([
  ['evil.example', 400],
  ['evil.example:54325', 400],
  ['localhost.evil.example', 400],
  ['localhost:54325', 200],
  ['tasks.localhost', 200],
  ['[::1]:54325', 200],
  ['192.168.1.7:54325', 200],
  ['tasks.local.clerk.accounts.dev', 200],
])('as %s it answers with %i', async (host, status) => {
  expect(await statusAs(host)).toBe(status)
})

test('a trusted proxy may call it by any name', async () => {
  const headers = { 'clerk-secret-key': secretKey, 'clerk-proxy-url': `${origin}/__clerk` }
  expect(await statusAs('identity:54325', headers)).toBe(200)
})

test('a handshake brings a signed-out browser back with a dev browser, once', async () => {
  const target = `${origin}/tasks?a=1`
  const answer = await ask(`/v1/client/handshake?format=nonce&redirect_url=${encodeURIComponent(target)}`)
  expect(answer.status).toBe(307)
  const back = new URL(answer.headers.get('location') ?? '')
  const nonce = back.searchParams.get('__clerk_handshake_nonce')
  back.searchParams.delete('__clerk_handshake_nonce')
  expect(back.href).toBe(target)
  const payload = `/backend/v1/clients/handshake_payload?nonce=${nonce}`
  const headers = { authorization: `Bearer ${secretKey}` }
  const { directives } = (await json(await ask(payload, { headers }))) as { directives: string[] }
  expect(directives.map((directive) => directive.split('=')[0])).toEqual(
    expect.arrayContaining(['__session', '__client_uat', '__clerk_db_jwt']),
  )
  expect(directives).toContainEqual(expect.stringMatching(/^__client_uat=0;/))
  expect((await ask(payload, { headers })).status).toBe(404)
})

test.each(['https://evil.example/', 'javascript:alert(1)', 'http://localhost.evil.example/', ''])(
  'a handshake never leads to %s',
  async (target) => {
    const answer = await ask(`/v1/client/handshake?redirect_url=${encodeURIComponent(target)}`)
    expect(answer.status).toBe(422)
  },
)

test('without a session there are no tokens, and the SDK is told to look again', async () => {
  const token = await devBrowser()
  await ask(`/v1/client?__clerk_db_jwt=${token}`)
  const answer = await ask(`/v1/client/sessions/sess_none/tokens?__clerk_db_jwt=${token}`, { method: 'POST' })
  expect(answer.status).toBe(401)
  expect(await json(answer)).toMatchObject({
    errors: [{ code: 'authentication_invalid' }],
    meta: { client: { object: 'client' } },
  })
})

test.each(['/v1/client/sync', '/v1/organizations/org_1/billing/checkouts', '/v1/billing/plans', '/v1/saml/acs/x'])(
  '%s names the feature it would take',
  async (path) => {
    const answer = await ask(path)
    expect(answer.status).toBe(403)
    expect(await json(answer)).toMatchObject({ errors: [{ code: 'feature_not_enabled' }] })
  },
)

test('a proxy is healthy when it shows the secret key, and is believed about the browser’s address', async () => {
  const headers = { 'clerk-proxy-url': `${origin}/__clerk`, 'x-forwarded-for': '203.0.113.9' }
  expect(await json(await ask('/v1/proxy-health', { headers }))).toMatchObject({ status: 'unhealthy' })
  const known = { ...headers, 'clerk-secret-key': secretKey }
  expect(await json(await ask('/v1/proxy-health', { headers: known }))).toEqual({
    status: 'healthy',
    x_forwarded_for: '203.0.113.9',
  })
})

test('a component may turn organizations on in development', async () => {
  await enableOrganizations(false)
  expect(await json(await ask('/v1/environment'))).toMatchObject({ organization_settings: { enabled: false } })
  await enableOrganizations(true)
  expect(await json(await ask('/v1/environment'))).toMatchObject({ organization_settings: { enabled: true } })
})

test('a production instance has no dev browsers, says by cookie that nobody is signed in, and hands its nonce over by cookie', async () => {
  const live = await startClerk({
    databaseUrl: database.url('tenon_clerk'),
    port: 0,
    instances: [
      { name: 'default', domain: 'tasks.local.clerk.accounts.dev', secretKey },
      {
        name: 'live',
        domain: 'clerk.example.com',
        secretKey: 'sk_live_frontend_instance',
        environment: 'production',
        allowedOrigins: ['https://example.com'],
      },
    ],
  })
  const base = live.instance('live').frontendApiUrl
  expect((await fetch(`${base}/v1/dev_browser`, { method: 'POST' })).status).toBe(400)
  const client = await fetch(`${base}/v1/client`, { headers: { origin: 'https://example.com' } })
  const cookies = client.headers.getSetCookie()
  expect(cookies).toContainEqual(expect.stringMatching(/^__client_[\w-]{8}=[\w-]{43};.* HttpOnly/))
  expect(cookies).toContainEqual(expect.stringMatching(/^__client_uat=0;/))
  const proxied = { 'clerk-secret-key': 'sk_live_frontend_instance', 'clerk-proxy-url': 'https://example.com/__clerk' }
  for (const cookie of (await fetch(`${base}/v1/client`, { headers: proxied })).headers.getSetCookie()) {
    expect(cookie).toContain('; Secure')
  }
  const target = encodeURIComponent('https://example.com/')
  const handshake = await fetch(`${base}/v1/client/handshake?format=nonce&redirect_url=${target}`, {
    redirect: 'manual',
  })
  expect(handshake.headers.get('location')).toBe('https://example.com/')
  expect(handshake.headers.getSetCookie()).toContainEqual(expect.stringMatching(/^__clerk_handshake_nonce=[\w-]{32};/))
  await live.stop()
})

test('in production the well-known code of test addresses opens nothing', async () => {
  const secret = 'sk_live_frontend_untested'
  const live = await startClerk({
    databaseUrl: database.url('tenon_clerk'),
    port: 0,
    instances: [
      { name: 'default', domain: 'tasks.local.clerk.accounts.dev', secretKey },
      { name: 'untested', domain: 'clerk.example.com', secretKey: secret, environment: 'production' },
    ],
  })
  const base = `${live.instance('untested').frontendApiUrl}/v1/client/sign_ups`
  let cookie = ''
  const post = async (path: string, form: Record<string, string>) => {
    const answer = await fetch(`${base}${path}`, {
      method: 'POST',
      body: new URLSearchParams(form),
      headers: { cookie },
    })
    cookie ||= answer.headers.getSetCookie().find((set) => /^__client_[\w-]{8}=/.test(set)) ?? ''
    return await json(answer)
  }
  const email_address = 'eve+clerk_test@example.com'
  const { response } = await post('', { email_address, password: 'correct horse', strategy: 'email_code' })
  const path = `/${(response as { id: string }).id}/attempt_verification`
  expect(await post(path, { strategy: 'email_code', code: '424242' })).toMatchObject({
    errors: [{ code: 'form_code_incorrect' }],
  })
  await live.stop()
})
