// Clients and the refresh of sessions through the unmodified @clerk/backend.

import { afterAll, beforeAll, expect, test } from 'vitest'

import { codeOf, startTestClerk, type TestClerk } from './running-clerk.ts'
import { type Browser, signedInBrowser as signIn } from './signed-in-browser.ts'

let clerk: TestClerk
/** How far the provider's clock is behind, in milliseconds. */
let behind = 0

beforeAll(async () => {
  clerk = await startTestClerk({ now: () => Date.now() - behind })
})
afterAll(async () => {
  await clerk.stop()
})

const signedInBrowser = () => signIn(clerk)

/** The application's cookies after a handshake. */
async function handshake(browser: Browser): Promise<readonly string[]> {
  const url = new URL(`${clerk.instance.frontendApiUrl}/v1/client/handshake`)
  url.search = new URLSearchParams({ redirect_url: 'http://localhost:3000/', format: 'nonce' }).toString()
  const answer = await fetch(url, { redirect: 'manual', headers: { cookie: `__client=${browser.token}` } })
  const nonce = new URL(answer.headers.get('location') ?? '').searchParams.get('__clerk_handshake_nonce') ?? ''
  const { directives } = await clerk.client.clients.getHandshakePayload({ nonce })
  return directives.map((directive) => directive.split(';')[0] ?? '')
}

const authenticate = (cookies: readonly string[]) =>
  clerk.client.authenticateRequest(
    new Request('http://localhost:3000/', { headers: { cookie: cookies.join('; '), 'sec-fetch-dest': 'document' } }),
    { publishableKey: clerk.instance.publishableKey },
  )

test('clients are read by id, by their cookie, and in pages, with the sessions open on them', async () => {
  const { clients, sessions } = clerk.client
  const { clientId, sessionId, token } = await signedInBrowser()
  expect(await clients.getClient(clientId)).toMatchObject({ id: clientId, sessionIds: [sessionId] })
  expect(await clients.verifyClient(token)).toMatchObject({ id: clientId, sessions: [{ id: sessionId }] })
  await sessions.revokeSession(sessionId)
  expect(await clients.getClient(clientId)).toMatchObject({ sessionIds: [] })
  const other = await signedInBrowser()
  const { data, totalCount } = await clients.getClientList({ limit: 1 })
  expect([data.map(({ id }) => id), totalCount]).toEqual([[other.clientId], 2])
  expect(await (await clerk.send('GET', '/clients?limit=1&offset=1')).json()).toMatchObject([{ id: clientId }])
  expect(await codeOf(clients.getClient('client_unknown'))).toEqual([404, 'resource_not_found'])
  expect(await codeOf(clients.verifyClient('forged'))).toEqual([404, 'resource_not_found'])
})

test('a session token that ran out is refreshed without another handshake', async () => {
  behind = 300_000
  const browser = await signedInBrowser()
  const cookies = await handshake(browser)
  behind = 0
  const refreshed = await authenticate(cookies)
  expect(refreshed).toMatchObject({ status: 'signed-in' })
  expect(refreshed.toAuth()).toMatchObject({ userId: browser.userId, sessionId: browser.sessionId })
  const fresh = refreshed.headers.getSetCookie().map((cookie) => cookie.split('=')[0])
  expect(fresh).toEqual(['__session', expect.stringMatching(/^__session_/)])
  const without = cookies.filter((cookie) => !cookie.startsWith('__refresh'))
  expect(await authenticate(without)).toMatchObject({ status: 'handshake' })
  await clerk.client.sessions.revokeSession(browser.sessionId)
  expect(await authenticate(cookies)).toMatchObject({ status: 'handshake' })
})

/** What a server has to show for a refresh, from the browser's cookies. */
async function valuesOf(browser: Browser): Promise<{ expired_token: string; refresh_token: string }> {
  const cookies = await handshake(browser)
  const value = (name: string) => cookies.find((cookie) => cookie.startsWith(name))?.replace(/^[^=]+=/, '') ?? ''
  return { expired_token: value('__session='), refresh_token: value('__refresh') }
}

test('a refresh with anything forged, mixed up or missing is a 401', async () => {
  const [one, two] = [await signedInBrowser(), await signedInBrowser()]
  const [mine, hers] = [await valuesOf(one), await valuesOf(two)]
  const request_origin = 'http://localhost:3000'
  const refresh = async (body: object) => {
    const answer = await clerk.send('POST', `/sessions/${one.sessionId}/refresh`, body)
    return [answer.status, (await answer.json()) as { object?: string; errors?: { code: string }[] }] as const
  }
  expect(await refresh({ ...mine, request_origin })).toMatchObject([200, { object: 'token' }])
  const refused = [401, { errors: [{ code: 'session_refresh_refused' }] }]
  expect(await refresh({ ...mine, request_origin, refresh_token: hers.refresh_token })).toMatchObject(refused)
  expect(await refresh({ ...mine, request_origin, expired_token: hers.expired_token })).toMatchObject(refused)
  expect(await refresh({ ...mine, request_origin, refresh_token: '9999999999.forged' })).toMatchObject(refused)
  expect(await refresh({ ...mine, request_origin, expired_token: 'forged' })).toMatchObject(refused)
  const template = await clerk.client.jwtTemplates.create({ name: 'mixed-up', claims: { sid: one.sessionId } })
  const { jwt } = await clerk.client.sessions.getToken(one.sessionId, template.name)
  expect(await refresh({ ...mine, request_origin, expired_token: jwt })).toMatchObject(refused)
  expect(await refresh({ ...mine })).toMatchObject(refused)
  behind = -8 * 86_400_000
  expect(await refresh({ ...mine, request_origin })).toMatchObject(refused)
  behind = 0
  expect(await refresh({ ...mine, request_origin, format: 'soup' })).toMatchObject([422, {}])
})

test('sessions are filtered by user, client and status, together', async () => {
  const { sessions } = clerk.client
  const { clientId, sessionId, userId } = await signedInBrowser()
  const { id: revoked } = await sessions.createSession({ userId })
  await sessions.revokeSession(revoked)
  const found = async (params: object) => (await sessions.getSessionList(params)).data.map(({ id }) => id)
  expect(await found({ userId })).toEqual([revoked, sessionId])
  expect(await found({ userId, status: 'active' })).toEqual([sessionId])
  expect(await found({ clientId })).toEqual([sessionId])
  expect(await found({ clientId, userId, status: 'revoked' })).toEqual([])
  expect(await found({ userId: 'user_unknown' })).toEqual([])
  expect(await codeOf(found({ status: 'lost' }))).toEqual([422, 'form_param_value_invalid'])
})

test('a sign-up under way is read, and not changed', async () => {
  const { signUps } = clerk.client
  const { token } = await signedInBrowser()
  const ended = `update clerk.sessions set status = 'ended'`
  await clerk.database.query(ended, 'supabase_admin')
  const answer = await fetch(`${clerk.instance.frontendApiUrl}/v1/client/sign_ups`, {
    method: 'POST',
    headers: { cookie: `__client=${token}` },
    body: new URLSearchParams({ first_name: 'Ada' }),
  })
  const { response } = (await answer.json()) as { response: { id: string } }
  expect(await signUps.get(response.id)).toMatchObject({
    id: response.id,
    status: 'missing_requirements',
    firstName: 'Ada',
  })
  const changed = signUps.update({ signUpAttemptId: response.id, externalId: 'x' })
  expect(await codeOf(changed)).toEqual([403, 'feature_not_enabled'])
  expect(await codeOf(signUps.get('sua_unknown'))).toEqual([404, 'resource_not_found'])
})
