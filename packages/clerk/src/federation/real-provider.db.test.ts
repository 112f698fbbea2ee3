import { createHash } from 'node:crypto'

import type { JWTPayload } from 'jose'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import { type Browser, type Provider, startProvider } from '../frontend-api/browser.test-support.ts'
import { comeBack } from './fake-provider/visit.test-support.ts'
import { clientId, type OidcProvider, picture, startOidcProvider } from './oidc-provider.test-support.ts'

const addresses = {
  redirect_url: 'http://localhost:3000/sso-callback',
  action_complete_redirect_url: 'http://localhost:3000/tasks',
}

let acme: OidcProvider
let provider: Provider

beforeAll(async () => {
  acme = await startOidcProvider()
  const { url } = acme
  provider = await startProvider({
    oidcProviders: [
      { key: 'acme', name: 'Acme', issuer: url, clientId, clientSecret: 'hush' },
      {
        key: 'github',
        clientId,
        authorizationEndpoint: `${url}/authorize`,
        tokenEndpoint: `${url}/token`,
        userinfoEndpoint: `${url}/userinfo`,
        emailsEndpoint: `${url}/emails`,
      },
      { key: 'lost', issuer: `${url}/nowhere`, clientId },
      {
        key: 'liar',
        issuer: 'https://another.example',
        discoveryUrl: `${url}/.well-known/openid-configuration`,
        clientId,
      },
    ],
  })
})

afterAll(async () => {
  await provider.stop()
  await acme.stop()
})

beforeEach(() => {
  Object.assign(acme.said, {
    idToken: (claims: JWTPayload) => claims,
    forged: false,
    userinfo: {},
    emails: [],
    tokens: {},
  })
  acme.requests.length = 0
})

async function begin(browser: Browser, strategy = 'oauth_custom_acme'): Promise<string> {
  const { response } = await browser.post('/client/sign_ins', { strategy, ...addresses })
  const shown = response['first_factor_verification'] as { external_verification_redirect_url: string }
  return shown.external_verification_redirect_url
}

async function verificationAfter(browser: Browser, strategy?: string): Promise<object | undefined> {
  await comeBack(acme.answer(await begin(browser, strategy)))
  const { response } = await browser.get('/client')
  return (response['sign_in'] as { first_factor_verification: object } | null)?.first_factor_verification
}

const transferable = { status: 'transferable', error: { code: 'external_account_not_found' } }

test('a configured provider is offered beside the stand-ins, and shows a picture from here', async () => {
  const { user_settings: settings } = (await (await fetch(`${provider.clerk.url}/v1/environment`)).json()) as {
    user_settings: { social: Record<string, { name: string; logo_url: string }> }
  }
  const { social } = settings
  expect(Object.keys(social)).toEqual(expect.arrayContaining(['oauth_google', 'oauth_github', 'oauth_custom_acme']))
  expect(social['oauth_custom_acme']).toMatchObject({ name: 'Acme', strategy: 'oauth_custom_acme' })
  const logo = await fetch(social['oauth_custom_acme']?.logo_url ?? '')
  expect(logo.headers.get('content-type')).toBe('image/svg+xml')
})

test('a request carries PKCE, a state and a nonce, and its code is exchanged with the verifier and the secret', async () => {
  const browser = await provider.browser()
  const asked = new URL(await begin(browser))
  expect(`${asked.origin}${asked.pathname}`).toBe(`${acme.url}/authorize`)
  const query = Object.fromEntries(asked.searchParams)
  expect(query).toMatchObject({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: `${provider.clerk.url}/v1/oauth_callback`,
    scope: 'openid email profile',
    code_challenge_method: 'S256',
    nonce: expect.stringMatching(/^.{20,}$/) as string,
    state: expect.stringMatching(/^.{40,}$/) as string,
  })
  await comeBack(acme.answer(asked.href))
  const [sent = new URLSearchParams()] = acme.requests
  const verifier = sent.get('code_verifier') ?? ''
  expect(createHash('sha256').update(verifier).digest('base64url')).toBe(query['code_challenge'])
  expect(Object.fromEntries(sent)).toMatchObject({ client_secret: 'hush', redirect_uri: query['redirect_uri'] })
})

test('claims and user info make the user, and her tokens are kept for the servers', async () => {
  acme.said.idToken = (claims) => ({ ...claims, sub: 'eve', email: 'eve@acme.example', email_verified: true })
  acme.said.userinfo = { sub: 'eve', given_name: 'Eve', family_name: 'Example' }
  acme.said.tokens = { expires_in: 3600, scope: 'openid email' }
  const browser = await provider.browser()
  expect(await verificationAfter(browser)).toMatchObject(transferable)
  const { response } = await browser.post('/client/sign_ups', { transfer: 'true' })
  const userId = String(response['created_user_id'])
  expect(await provider.backend('GET', `/users/${userId}`)).toMatchObject({
    first_name: 'Eve',
    external_accounts: [{ provider: 'oauth_custom_acme', provider_user_id: 'eve' }],
  })
  const tokens = await provider.backend('GET', `/users/${userId}/oauth_access_tokens/oauth_custom_acme`)
  expect(tokens).toMatchObject([{ token: 'at-1', scopes: ['openid', 'email'], provider: 'oauth_custom_acme' }])
})

test('a newcomer is shown with the picture of her provider, kept here; with the drawn one where there is none', async () => {
  const imageOf = async (sub: string, address: string): Promise<string> => {
    acme.said.idToken = (claims) => ({ ...claims, sub, picture: address })
    acme.said.userinfo = { email: `${sub}@acme.example`, email_verified: true, name: 'Some Body' }
    const browser = await provider.browser()
    await verificationAfter(browser)
    const { response } = await browser.post('/client/sign_ups', { transfer: 'true' })
    const user = await provider.backend('GET', `/users/${String(response['created_user_id'])}`)
    return String(user['image_url'])
  }
  const shown = await fetch(await imageOf('seen', `${acme.url}/picture`))
  expect(shown.headers.get('content-type')).toBe('image/gif')
  expect(Buffer.from(await shown.arrayBuffer()).equals(picture)).toBe(true)
  expect(await imageOf('lost', `${acme.url}/nowhere`)).toMatch(/\/avatars\//)
  expect(await imageOf('json', `${acme.url}/keys`)).toMatch(/\/avatars\//)
  expect(await imageOf('odd', 'file:///etc/passwd')).toMatch(/\/avatars\//)
})

const bent: readonly (readonly [string, () => void])[] = [
  ['an id_token for another request', () => (acme.said.idToken = (claims) => ({ ...claims, nonce: 'another' }))],
  ['an id_token without a nonce', () => (acme.said.idToken = ({ nonce: _nonce, ...claims }) => claims)],
  ['an id_token for another client', () => (acme.said.idToken = (claims) => ({ ...claims, aud: 'another' }))],
  [
    'an id_token for several clients',
    () => (acme.said.idToken = (claims) => ({ ...claims, aud: [clientId, 'another'] })),
  ],
  [
    'an id_token of another issuer',
    () => (acme.said.idToken = (claims) => ({ ...claims, iss: 'https://another.example' })),
  ],
  ['an id_token that is over', () => (acme.said.idToken = (claims) => ({ ...claims, exp: 1 }))],
  ['an id_token of a key that is not published', () => (acme.said.forged = true)],
  ['an error in place of tokens', () => (acme.said.tokens = { access_token: undefined, error: 'invalid_grant' })],
]

test.each(bent)('%s signs nobody in', async (_what, bend) => {
  bend()
  const refused = { status: 'failed', error: { code: 'oauth_token_exchange_error' } }
  const browser = await provider.browser()
  expect(await verificationAfter(browser)).toMatchObject(refused)
  expect((await browser.get('/client')).response).toMatchObject({ sessions: [] })
})

test('user info of somebody else signs nobody in', async () => {
  acme.said.userinfo = { sub: 'mallory', email: 'ada@acme.example', email_verified: true }
  const refused = { status: 'failed', error: { code: 'oauth_fetch_user_error' } }
  expect(await verificationAfter(await provider.browser())).toMatchObject(refused)
})

test('a provider without id_tokens is asked for the user, and for her addresses', async () => {
  acme.said.idToken = null
  acme.said.userinfo = { id: 42, login: 'octo', name: 'Octo Cat', email: null, avatar_url: 'https://example.com/o.png' }
  acme.said.emails = [{ email: 'octo@cat.example', primary: true, verified: true }]
  const browser = await provider.browser()
  expect(await verificationAfter(browser, 'oauth_github')).toMatchObject(transferable)
  const { response } = await browser.post('/client/sign_ups', { transfer: 'true' })
  expect(response).toMatchObject({ status: 'complete', email_address: 'octo@cat.example', first_name: 'Octo' })
  const user = await provider.backend('GET', `/users/${String(response['created_user_id'])}`)
  expect(user).toMatchObject({ external_accounts: [{ provider_user_id: '42', username: 'octo' }] })
})

test.each(['oauth_custom_lost', 'oauth_custom_liar'])('%s, whose discovery fails, begins nothing', async (strategy) => {
  const browser = await provider.browser()
  const answer = await browser.post('/client/sign_ins', { strategy, ...addresses })
  expect(answer).toMatchObject({ status: 400, code: 'oauth_fetch_user_error' })
})

test('there is no stand-in for a provider that is configured', async () => {
  const answer = await fetch(`${provider.clerk.url}/fake-provider/github/.well-known/openid-configuration`)
  expect(answer.status).toBe(403)
})
