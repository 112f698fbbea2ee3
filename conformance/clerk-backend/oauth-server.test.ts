// The instance as an OAuth server: an application asks, a person allows it, and the tokens are what @clerk/backend and
// any OpenID Connect client take.

import { createHash, randomBytes } from 'node:crypto'

import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { codeOf, startTestClerk, type TestClerk } from './running-clerk.ts'
import { type Browser, signedInBrowser } from './signed-in-browser.ts'

let clerk: TestClerk
let browser: Browser
/** How far the provider's clock is ahead, in milliseconds. */
let ahead = 0

beforeAll(async () => {
  clerk = await startTestClerk({ now: () => Date.now() + ahead })
  browser = await signedInBrowser(clerk)
})
afterAll(async () => {
  await clerk.stop()
})

const redirectUri = 'https://app.example.com/callback'
const everything = 'openid profile email public_metadata private_metadata offline_access'
const state = 'eight-or-more'

interface App {
  readonly clientId: string
  readonly secret: string | null
  readonly id: string
}

async function app(more: object = {}): Promise<App> {
  const params = { name: 'Reports <x>', redirectUris: [redirectUri], scopes: everything, ...more }
  const { id, clientId, clientSecret } = await clerk.client.oauthApplications.create(params)
  return { id, clientId, secret: clientSecret ?? null }
}

/** Who asks, and the address that is named unless the parameters name another. */
interface Asking {
  readonly cookie?: string
  readonly names?: Readonly<Record<string, string>>
}

/** What the browser is answered at the authorization endpoint. */
async function authorize(
  params: Record<string, string>,
  { cookie = `__client=${browser.token}`, names = { redirect_uri: redirectUri } }: Asking = {},
): Promise<Response> {
  const query = new URLSearchParams({ response_type: 'code', ...names, state, ...params }).toString()
  const url = `${clerk.instance.frontendApiUrl}/oauth/authorize?${query}`
  return await fetch(url, { redirect: 'manual', headers: { cookie } })
}

async function decideOn(clientId: string, form: Record<string, string>, headers: object = {}): Promise<Response> {
  const url = `${clerk.instance.frontendApiUrl}/v1/me/oauth/consent/${clientId}`
  const sent = { response_type: 'code', redirect_uri: redirectUri, state, ...form }
  const init = { method: 'POST', redirect: 'manual', body: new URLSearchParams(sent) } as const
  return await fetch(url, { ...init, headers: { cookie: `__client=${browser.token}`, ...headers } })
}

const answerOf = (response: Response) =>
  Object.fromEntries(new URL(response.headers.get('location') ?? '').searchParams)

async function post(path: string, form: Record<string, string>, headers: Record<string, string> = {}) {
  const url = `${clerk.instance.frontendApiUrl}/oauth/${path}`
  const answer = await fetch(url, { method: 'POST', headers, body: new URLSearchParams(form) })
  return { status: answer.status, body: (await answer.json()) as Record<string, string>, headers: answer.headers }
}

/** What an exchange of a code shows beside it, because its request named the address. */
const codeGrant = { grant_type: 'authorization_code', redirect_uri: redirectUri }

const basic = ({ clientId, secret }: App) => ({
  authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}`,
})

/** A code that the person has allowed. */
async function codeFor({ clientId }: App, params: Record<string, string> = {}): Promise<string> {
  const answer = await decideOn(clientId, { scope: 'profile email', consented: 'true', ...params })
  return String(answerOf(answer)['code'])
}

const tokensFor = async (of: App, params: Record<string, string> = {}) =>
  (await post('token', { ...codeGrant, code: await codeFor(of, params) }, basic(of))).body

describe('asking', () => {
  test('the person is asked once, and what she allowed is remembered', async () => {
    const { clientId } = await app()
    const asked = await authorize({ client_id: clientId })
    const html = await asked.text()
    expect(asked.status).toBe(200)
    expect(html).toContain('Reports &lt;x&gt; asks for access')
    expect(html).toContain('See your e-mail address')
    expect(html).toContain(`action="../v1/me/oauth/consent/${clientId}`)
    const allowed = await decideOn(clientId, { scope: 'profile email', consented: 'true' })
    expect(allowed.status).toBe(303)
    expect(answerOf(allowed)).toEqual({ code: expect.any(String) as unknown, state })
    expect(answerOf(await authorize({ client_id: clientId }))).toEqual({ code: expect.any(String) as unknown, state })
    expect((await authorize({ client_id: clientId, prompt: 'consent' })).status).toBe(200)
    expect((await authorize({ client_id: clientId, scope: 'profile private_metadata' })).status).toBe(200)
  })

  test('a no is told to the application', async () => {
    const { clientId } = await app()
    expect(answerOf(await decideOn(clientId, { consented: 'false' }))).toEqual({ error: 'access_denied', state })
    expect(answerOf(await decideOn(clientId, {}))).toEqual({ error: 'access_denied', state })
  })

  test('an application without a consent page is answered at once', async () => {
    const { clientId } = await app({ consentScreenEnabled: false })
    expect(answerOf(await authorize({ client_id: clientId }))).toMatchObject({
      state,
      code: expect.any(String) as unknown,
    })
  })

  test('nobody is asked where nobody is signed in, and silence is kept', async () => {
    const { clientId } = await app()
    expect((await authorize({ client_id: clientId }, { cookie: '' })).status).toBe(401)
    const silent = { client_id: clientId, prompt: 'none' }
    expect(answerOf(await authorize(silent, { cookie: '' }))).toEqual({ error: 'login_required', state })
    expect(answerOf(await authorize(silent))).toEqual({ error: 'consent_required', state })
    expect((await decideOn(clientId, { consented: 'true' }, { cookie: '' })).status).toBe(401)
  })

  test('another site cannot say yes for her', async () => {
    const { clientId } = await app()
    const forged = await decideOn(clientId, { consented: 'true' }, { origin: 'https://evil.example' })
    expect(forged.status).toBeGreaterThanOrEqual(400)
    expect(forged.headers.get('location')).toBeNull()
  })

  test('a wrong client or address is never sent anywhere', async () => {
    const { clientId } = await app()
    const unknown = await authorize({ client_id: 'unknown' })
    expect([unknown.status, unknown.headers.get('location')]).toEqual([404, null])
    for (const redirect_uri of [`${redirectUri}/x`, 'https://evil.example/', 'http://app.example.com/callback']) {
      const answer = await authorize({ client_id: clientId, redirect_uri })
      expect([answer.status, answer.headers.get('location')]).toEqual([400, null])
    }
  })

  test('a native application may listen on any port of this machine, and on no other host', async () => {
    const { clientId } = await app({ redirectUris: ['http://127.0.0.1:1234/cb'], consentScreenEnabled: false })
    const any = await authorize({ client_id: clientId, redirect_uri: 'http://127.0.0.1:50123/cb' })
    expect(any.headers.get('location')).toMatch(/^http:\/\/127\.0\.0\.1:50123\/cb\?code=/)
    const other = await authorize({ client_id: clientId, redirect_uri: 'http://127.0.0.1.evil.example:1/cb' })
    expect(other.status).toBe(400)
  })

  test.each<[params: Record<string, string>, error: string]>([
    [{ response_type: 'token' }, 'unsupported_response_type'],
    [{ response_mode: 'fragment' }, 'invalid_request'],
    [{ state: 'short' }, 'invalid_state'],
    [{ scope: 'profile user:org:read' }, 'invalid_scope'],
    [{ scope: 'everything' }, 'invalid_scope'],
    [{ code_challenge: 'x'.repeat(43), code_challenge_method: 'plain' }, 'invalid_request'],
    [{ code_challenge: 'short', code_challenge_method: 'S256' }, 'invalid_request'],
  ])('%j is refused to the application', async (params, error) => {
    const { clientId } = await app()
    expect(answerOf(await authorize({ client_id: clientId, ...params }))).toMatchObject({ error })
  })

  test('the components are told what is asked for', async () => {
    const { clientId } = await app()
    const query = new URLSearchParams({
      scope: 'openid email',
      redirect_uri: redirectUri,
      _clerk_session_id: browser.sessionId,
    })
    const url = `${clerk.instance.frontendApiUrl}/v1/me/oauth/consent/${clientId}?${query.toString()}`
    const answer = await fetch(url, { headers: { cookie: `__client=${browser.token}` } })
    expect(await answer.json()).toMatchObject({
      response: {
        object: 'oauth_consent_info',
        oauth_application_name: 'Reports <x>',
        client_id: clientId,
        redirect_domain: 'app.example.com',
        scopes: [
          { scope: 'openid', requires_consent: false },
          { scope: 'email', requires_consent: true },
        ],
      },
    })
  })
})

const requestWith = (token: string) =>
  new Request('http://localhost:3000/', { headers: { authorization: `Bearer ${token}` } })

describe('tokens', () => {
  test('a code is exchanged for tokens that say who she is and nothing that was not allowed', async () => {
    const reports = await app()
    const tokens = await tokensFor(reports, { scope: 'openid profile email offline_access', nonce: 'n-1' })
    expect(tokens).toMatchObject({ token_type: 'Bearer', expires_in: 86_400 })
    const keys = createRemoteJWKSet(new URL(`${clerk.instance.frontendApiUrl}/.well-known/jwks.json`))
    const expected = { issuer: clerk.instance.issuer, audience: reports.clientId }
    const { payload } = await jwtVerify(String(tokens['id_token']), keys, expected)
    expect(payload).toMatchObject({ sub: browser.userId, nonce: 'n-1', email: 'person-1@example.com' })
    const info = await fetch(`${clerk.instance.frontendApiUrl}/oauth/userinfo`, {
      headers: { authorization: `Bearer ${tokens['access_token']}` },
    })
    const claims = (await info.json()) as object
    expect(claims).toMatchObject({ sub: browser.userId, email: 'person-1@example.com', email_verified: true })
    expect(claims).not.toHaveProperty('private_metadata')
  })

  test('the SDK verifies an access token, and takes no ID token for a session token', async () => {
    const reports = await app()
    const tokens = await tokensFor(reports, { scope: 'openid profile' })
    const accessToken = String(tokens['access_token'])
    const verified = await clerk.client.idPOAuthAccessToken.verify(accessToken)
    expect(verified).toMatchObject({
      clientId: reports.clientId,
      subject: browser.userId,
      scopes: ['openid', 'profile'],
    })
    const { publishableKey } = clerk.instance
    const asMachine = await clerk.client.authenticateRequest(requestWith(accessToken), {
      publishableKey,
      acceptsToken: 'oauth_token',
    })
    expect(asMachine.toAuth()).toMatchObject({ tokenType: 'oauth_token', userId: browser.userId })
    expect(decodeProtectedHeader(String(tokens['id_token']))).toMatchObject({ cat: 'cl_B7d4PD222AAA' })
    const asPerson = await clerk.client.authenticateRequest(requestWith(String(tokens['id_token'])), { publishableKey })
    expect(asPerson.isAuthenticated).toBe(false)
    ahead = 86_400_000
    expect(await codeOf(clerk.client.idPOAuthAccessToken.verify(accessToken))).toEqual([404, 'resource_not_found'])
    ahead = 0
  })

  test('a code works once, and a second use takes back what it gave', async () => {
    const reports = await app()
    const code = await codeFor(reports)
    const exchange = () => post('token', { ...codeGrant, code }, basic(reports))
    const { body } = await exchange()
    expect(await exchange()).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
    const verified = clerk.client.idPOAuthAccessToken.verify(String(body['access_token']))
    expect(await codeOf(verified)).toEqual([404, 'resource_not_found'])
  })

  test('a code is of one client, one address and ten minutes', async () => {
    const [reports, other] = [await app(), await app()]
    const exchange = async (of: App, form: object, code?: string) =>
      await post('token', { ...codeGrant, code: code ?? (await codeFor(reports)), ...form }, basic(of))
    const refused = { status: 400, body: { error: 'invalid_grant' } }
    expect(await exchange(other, {})).toMatchObject(refused)
    expect(await exchange(reports, { redirect_uri: 'https://evil.example/' })).toMatchObject(refused)
    expect(await exchange(reports, {}, 'forged')).toMatchObject(refused)
    expect(await exchange(reports, { grant_type: 'password' })).toMatchObject({
      body: { error: 'unsupported_grant_type' },
    })
    const code = await codeFor(reports)
    ahead = 600_000
    expect(await exchange(reports, {}, code)).toMatchObject(refused)
    ahead = 0
  })

  test('the address that a request named is shown again with its code', async () => {
    const reports = await app()
    const exchange = async (shown: Record<string, string>) => {
      const form = { grant_type: 'authorization_code', code: await codeFor(reports), ...shown }
      return await post('token', form, basic(reports))
    }
    const refused = { status: 400, body: { error: 'invalid_grant' } }
    expect(await exchange({})).toMatchObject(refused)
    expect(await exchange({ redirect_uri: `${redirectUri}/` })).toMatchObject(refused)
    expect(await exchange({ redirect_uri: redirectUri })).toMatchObject({ status: 200 })
  })

  test('an address that no request named is not missed, and another is refused', async () => {
    const reports = await app({ consentScreenEnabled: false })
    const exchange = async (shown: Record<string, string>) => {
      const { code = '' } = answerOf(await authorize({ client_id: reports.clientId }, { names: {} }))
      return await post('token', { grant_type: 'authorization_code', code, ...shown }, basic(reports))
    }
    expect(await exchange({})).toMatchObject({ status: 200 })
    expect(await exchange({ redirect_uri: redirectUri })).toMatchObject({ status: 200 })
    const elsewhere = await exchange({ redirect_uri: 'https://evil.example/' })
    expect(elsewhere).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
  })

  test('a client has to prove itself', async () => {
    const reports = await app()
    const form = async () => ({ ...codeGrant, code: await codeFor(reports) })
    const refused = { status: 401, body: { error: 'invalid_client' } }
    expect(await post('token', await form())).toMatchObject(refused)
    expect(await post('token', { ...(await form()), client_id: reports.clientId })).toMatchObject(refused)
    expect(await post('token', await form(), basic({ ...reports, secret: 'wrong' }))).toMatchObject(refused)
    const inForm = { client_id: reports.clientId, client_secret: String(reports.secret) }
    expect(await post('token', { ...(await form()), ...inForm })).toMatchObject({ status: 200 })
    await clerk.client.oauthApplications.rotateSecret(reports.id)
    expect(await post('token', await form(), basic(reports))).toMatchObject(refused)
  })

  test('a public client proves itself by PKCE', async () => {
    const native = await app({ public: true })
    expect(answerOf(await authorize({ client_id: native.clientId }))).toMatchObject({ error: 'invalid_request' })
    const code_verifier = randomBytes(32).toString('base64url')
    const code_challenge = createHash('sha256').update(code_verifier).digest('base64url')
    const challenge = { code_challenge, code_challenge_method: 'S256' }
    const exchange = async (form: Record<string, string>) => {
      const code = await codeFor(native, challenge)
      return await post('token', { ...codeGrant, code, client_id: native.clientId, ...form })
    }
    expect(await exchange({ code_verifier })).toMatchObject({ status: 200 })
    expect(await exchange({})).toMatchObject({ body: { error: 'invalid_grant' } })
    expect(await exchange({ code_verifier: `${code_verifier}x` })).toMatchObject({ body: { error: 'invalid_grant' } })
  })

  test('a refresh token works once, and a second use ends the grant', async () => {
    const reports = await app()
    const first = await tokensFor(reports, { scope: 'profile offline_access' })
    const refresh = (token: string, more: object = {}) =>
      post('token', { grant_type: 'refresh_token', refresh_token: token, ...more }, basic(reports))
    const second = await refresh(String(first['refresh_token']))
    expect(second).toMatchObject({ status: 200, body: { scope: 'profile offline_access' } })
    const more = await refresh(String(second.body['refresh_token']), { scope: 'profile email' })
    expect(more).toMatchObject({ status: 400, body: { error: 'invalid_scope' } })
    const again = await refresh(String(first['refresh_token']))
    expect(again).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
    const verified = clerk.client.idPOAuthAccessToken.verify(String(second.body['access_token']))
    expect(await codeOf(verified)).toEqual([404, 'resource_not_found'])
    expect(await tokensFor(reports, { scope: 'profile' })).not.toHaveProperty('refresh_token')
  })

  test('tokens are looked at and taken back by their own client alone', async () => {
    const [reports, other] = [await app(), await app()]
    const tokens = await tokensFor(reports)
    const token = String(tokens['access_token'])
    expect(await post('token_info', { token }, basic(reports))).toMatchObject({
      body: { active: true, sub: browser.userId, client_id: reports.clientId, scope: 'profile email' },
    })
    expect((await post('token_info', { token }, basic(other))).body).toEqual({ active: false })
    expect(await post('token_info', { token })).toMatchObject({ status: 401 })
    await post('token/revoke', { token }, basic(other))
    expect((await post('token_info', { token }, basic(reports))).body).toMatchObject({ active: true })
    expect(await post('token/revoke', { token }, basic(reports))).toMatchObject({ status: 200 })
    expect((await post('token_info', { token }, basic(reports))).body).toEqual({ active: false })
    const info = await post('userinfo', {}, { authorization: `Bearer ${token}` })
    expect(info).toMatchObject({ status: 401, body: { error: 'invalid_token' } })
    expect(info.headers.get('www-authenticate')).toContain('Bearer')
  })

  test('the Backend API takes a token back, and those of a banned user say nothing', async () => {
    const reports = await app()
    const { access_token: token } = await tokensFor(reports)
    const taken = await clerk.send('POST', `/oauth_applications/${reports.id}/revoke_token`, { token })
    expect(taken.status).toBe(204)
    expect((await post('token_info', { token: String(token) }, basic(reports))).body).toEqual({ active: false })
    const unknown = await clerk.send('POST', `/oauth_applications/${reports.id}/revoke_token`, { token: 'oat_unknown' })
    expect(unknown.status).toBe(404)
    const { access_token: another } = await tokensFor(reports)
    await clerk.database.query(`update clerk.users set banned = true where id = '${browser.userId}'`, 'supabase_admin')
    const info = await post('userinfo', {}, { authorization: `Bearer ${another}` })
    await clerk.database.query(`update clerk.users set banned = false where id = '${browser.userId}'`, 'supabase_admin')
    expect(info.status).toBe(401)
  })

  test('a code that comes twice at the same moment is worth nothing to either', async () => {
    const reports = await app()
    for (let round = 0; round < 5; round += 1) {
      const form = { ...codeGrant, code: await codeFor(reports) }
      const answers = await Promise.all([1, 2, 3].map(() => post('token', form, basic(reports))))
      for (const { body } of answers) {
        const info = await post('token_info', { token: body['access_token'] ?? '' }, basic(reports))
        expect(info.body).toEqual({ active: false })
      }
    }
  })
})

const register = async (body: object) => {
  const url = `${clerk.instance.frontendApiUrl}/oauth/register`
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
  return { status: answer.status, body: (await answer.json()) as Record<string, string> }
}

describe('registration', () => {
  test('anybody registers where that is on, and nobody where it is not', async () => {
    const asked = { client_name: 'Agent', redirect_uris: [redirectUri] }
    expect(await register(asked)).toMatchObject({ status: 422 })
    const on = { dynamic_oauth_client_registration: true }
    expect((await clerk.send('PATCH', '/instance/oauth_application_settings', on)).status).toBe(200)
    const confidential = await register(asked)
    expect(confidential).toMatchObject({ status: 201, body: { client_name: 'Agent', scope: 'profile email' } })
    expect(confidential.body['client_secret']).toMatch(/^[\w-]{43}$/)
    const agent = await register({ ...asked, token_endpoint_auth_method: 'none' })
    expect(agent.body).not.toHaveProperty('client_secret')
    expect(await register({ redirect_uris: [] })).toMatchObject({ body: { error: 'invalid_redirect_uri' } })
    expect(await register({ redirect_uris: ['javascript://x'] })).toMatchObject({
      body: { error: 'invalid_redirect_uri' },
    })
    expect(await register({ ...asked, scope: 'all' })).toMatchObject({ body: { error: 'invalid_client_metadata' } })
    expect(await register({ ...asked, client_uri: 'javascript:alert(1)' })).toMatchObject({
      body: { error: 'invalid_client_metadata' },
    })
    const { data } = await clerk.client.oauthApplications.list()
    expect(data.filter(({ dynamicallyRegistered }) => dynamicallyRegistered)).toHaveLength(2)
  })

  test('what cannot be turned on says so', async () => {
    const refused = await clerk.send('PATCH', '/instance/oauth_application_settings', { oauth_jwt_access_tokens: true })
    expect(await refused.json()).toMatchObject({ errors: [{ code: 'feature_not_enabled' }] })
    const answer = await clerk.send('GET', '/instance/oauth_application_settings')
    expect(await answer.json()).toMatchObject({
      dynamic_oauth_client_registration: true,
      oauth_jwt_access_tokens: false,
    })
  })

  test('the metadata names endpoints that answer', async () => {
    const { frontendApiUrl, issuer } = clerk.instance
    const answer = await fetch(`${frontendApiUrl}/.well-known/oauth-authorization-server`)
    expect(await answer.json()).toMatchObject({ issuer, token_endpoint: `${frontendApiUrl}/oauth/token` })
  })
})
