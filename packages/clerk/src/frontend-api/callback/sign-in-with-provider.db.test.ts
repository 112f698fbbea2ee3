import { afterAll, beforeAll, expect, test } from 'vitest'

import { type Choice, comeBack, somebody, visit } from '../../federation/fake-provider/visit.test-support.ts'
import { type Answered, type Browser, type Provider, startProvider } from '../browser.test-support.ts'

const redirectUrl = 'http://localhost:3000/sign-in/sso-callback'
const completeUrl = 'http://localhost:3000/tasks'
const addresses = { redirect_url: redirectUrl, action_complete_redirect_url: completeUrl }

let provider: Provider

beforeAll(async () => {
  provider = await startProvider()
})

afterAll(async () => await provider.stop())

type Way = 'sign_ins' | 'sign_ups'

async function begin(browser: Browser, way: Way, strategy = 'oauth_google'): Promise<Answered> {
  return await browser.post(`/client/${way}`, { strategy, ...addresses })
}

function pageOf({ response }: Answered): string {
  const verifications = response['verifications'] as { external_account: object } | undefined
  const shown = (verifications?.external_account ?? response['first_factor_verification']) as {
    readonly external_verification_redirect_url: string
  }
  return shown.external_verification_redirect_url
}

async function goThrough(browser: Browser, way: Way, choice: Choice, strategy = 'oauth_google'): Promise<URL> {
  return await comeBack(await visit(pageOf(await begin(browser, way, strategy)), choice))
}

interface ShownClient {
  readonly sessions: readonly { readonly user: { readonly id: string } }[]
  readonly sign_in: { readonly first_factor_verification: object; readonly status: string } | null
  readonly sign_up: { readonly id: string; readonly verifications: { readonly external_account: object } } | null
  readonly last_authentication_strategy: string | null
}

async function clientOf(browser: Browser): Promise<ShownClient> {
  return (await browser.get('/client')).response as unknown as ShownClient
}

async function signUp(choice: Choice, strategy = 'oauth_google'): Promise<{ browser: Browser; userId: string }> {
  const browser = await provider.browser()
  expect((await goThrough(browser, 'sign_ups', choice, strategy)).href).toBe(completeUrl)
  const [session] = (await clientOf(browser)).sessions
  return { browser, userId: session?.user.id ?? '' }
}

test('a stranger signs up at once, with the names and the vouched address of the provider', async () => {
  const events = await provider.eventTypes()
  const { browser, userId } = await signUp({ choice: 'ada@example.com' })
  expect(await clientOf(browser)).toMatchObject({ sign_up: null, last_authentication_strategy: 'oauth_google' })
  expect(await provider.backend('GET', `/users/${userId}`)).toMatchObject({
    first_name: 'Ada',
    last_name: 'Lovelace',
    password_enabled: false,
    email_addresses: [
      {
        email_address: 'ada@example.com',
        verification: { status: 'verified', strategy: 'from_oauth_google' },
        linked_to: [{ type: 'oauth_google' }],
      },
    ],
    external_accounts: [{ provider: 'oauth_google', verification: { status: 'verified' } }],
  })
  expect((await provider.eventTypes()).slice(events.length)).toEqual(['user.created', 'session.created'])
})

test('who has an account signs in with it, again and again', async () => {
  const { userId } = await signUp(somebody('again@example.com'))
  const events = await provider.eventTypes()
  for (const _visit of [1, 2]) {
    const browser = await provider.browser()
    expect((await goThrough(browser, 'sign_ins', somebody('again@example.com'))).href).toBe(completeUrl)
    expect(await clientOf(browser)).toMatchObject({ sign_in: null, sessions: [{ user: { id: userId } }] })
  }
  const renamed = { ...somebody('again@example.com'), first_name: 'Another' }
  await goThrough(await provider.browser(), 'sign_ins', renamed)
  const told = (await provider.eventTypes()).slice(events.length)
  expect(told).toEqual(['session.created', 'session.created', 'user.updated', 'session.created'])
})

test('a stranger who signs in is handed on to a sign-up', async () => {
  const browser = await provider.browser()
  expect((await goThrough(browser, 'sign_ins', somebody('stranger@example.com'))).href).toBe(redirectUrl)
  const transferable = { status: 'transferable', error: { code: 'external_account_not_found' } }
  expect((await clientOf(browser)).sign_in?.first_factor_verification).toMatchObject(transferable)
  const { response } = await browser.post('/client/sign_ups', { transfer: 'true' })
  expect(response).toMatchObject({ status: 'complete', email_address: 'stranger@example.com', first_name: 'Some' })
  expect((await clientOf(browser)).sessions).toHaveLength(1)
  expect(await browser.post('/client/sign_ups', { transfer: 'true' })).toMatchObject({
    status: 400,
    code: 'account_transfer_invalid',
  })
})

test('who has an account and signs up is handed on to a sign-in', async () => {
  const { userId } = await signUp(somebody('known@example.com'))
  const browser = await provider.browser()
  expect((await goThrough(browser, 'sign_ups', somebody('known@example.com'))).href).toBe(redirectUrl)
  const transferable = { status: 'transferable', error: { code: 'external_account_exists' } }
  expect((await clientOf(browser)).sign_up?.verifications.external_account).toMatchObject(transferable)
  const { response } = await browser.post('/client/sign_ins', { transfer: 'true' })
  expect(response).toMatchObject({ status: 'complete' })
  expect(await clientOf(browser)).toMatchObject({ sessions: [{ user: { id: userId } }] })
})

test('without an account to hand on there is nothing to go on with', async () => {
  const browser = await provider.browser()
  for (const way of ['sign_ins', 'sign_ups']) {
    const refused = { status: 400, code: 'account_transfer_invalid' }
    expect(await browser.post(`/client/${way}`, { transfer: 'true' })).toMatchObject(refused)
  }
})

test('a verified address at both ends connects the account of who signs in', async () => {
  const user = await provider.backend('POST', '/users', {
    email_address: ['both@example.com'],
    password: 'a-pass-word',
  })
  const browser = await provider.browser()
  expect((await goThrough(browser, 'sign_ins', somebody('both@example.com'))).href).toBe(completeUrl)
  expect(await clientOf(browser)).toMatchObject({ sessions: [{ user: { id: user['id'] } }] })
  const connected = await provider.backend('GET', `/users/${String(user['id'])}`)
  expect(connected).toMatchObject({ external_accounts: [{ email_address: 'both@example.com' }] })
})

test('an address that the provider does not vouch for connects nothing and signs nobody in', async () => {
  const user = await provider.backend('POST', '/users', {
    email_address: ['victim@example.com'],
    password: 'a-pass-word',
  })
  const browser = await provider.browser()
  expect((await goThrough(browser, 'sign_ins', somebody('victim@example.com', false))).href).toBe(redirectUrl)
  const client = await clientOf(browser)
  expect(client).toMatchObject({
    sessions: [],
    sign_in: { status: 'needs_first_factor', identifier: 'victim@example.com' },
  })
  expect(await provider.backend('GET', `/users/${String(user['id'])}`)).toMatchObject({ external_accounts: [] })
  const up = await provider.browser()
  await goThrough(up, 'sign_ups', somebody('victim@example.com', false))
  expect(await clientOf(up)).toMatchObject({
    sessions: [],
    sign_up: { verifications: { external_account: { status: 'failed', error: { code: 'form_identifier_exists' } } } },
  })
})

test('a newcomer whose address nobody vouches for proves it by a code', async () => {
  const browser = await provider.browser()
  expect((await goThrough(browser, 'sign_ups', { choice: 'alan@example.com' })).href).toBe(redirectUrl)
  const { sign_up: signUpShown } = await clientOf(browser)
  expect(signUpShown).toMatchObject({ missing_fields: [], unverified_fields: ['email_address'] })
  const path = `/client/sign_ups/${signUpShown?.id ?? ''}`
  await browser.post(`${path}/prepare_verification`, { strategy: 'email_code' })
  const code = await provider.codeSentTo('alan@example.com')
  const { response } = await browser.post(`${path}/attempt_verification`, { strategy: 'email_code', code })
  expect(response).toMatchObject({ status: 'complete' })
  const [session] = (await clientOf(browser)).sessions
  expect(await provider.backend('GET', `/users/${session?.user.id ?? ''}`)).toMatchObject({
    external_accounts: [{ email_address: 'alan@example.com' }],
  })
})

test('who refuses access is told so in the verification', async () => {
  const refused = { status: 'failed', error: { code: 'oauth_access_denied' } }
  const signsIn = await provider.browser()
  expect((await goThrough(signsIn, 'sign_ins', { choice: 'refuse' })).href).toBe(redirectUrl)
  expect((await clientOf(signsIn)).sign_in?.first_factor_verification).toMatchObject(refused)
  const signsUp = await provider.browser()
  await goThrough(signsUp, 'sign_ups', { choice: 'refuse' })
  expect((await clientOf(signsUp)).sign_up?.verifications.external_account).toMatchObject(refused)
})

test('a way back works once, and of the newest sign-in alone', async () => {
  const browser = await provider.browser()
  const callback = await visit(pageOf(await begin(browser, 'sign_ins')), somebody('once@example.com'))
  await comeBack(callback)
  await expect(comeBack(callback)).rejects.toThrow('authorization_invalid')
  await expect(comeBack(new URL(`${provider.clerk.url}/v1/oauth_callback?code=x`))).rejects.toThrow(
    'authorization_invalid',
  )
})

test('an error of the provider’s, and a code that it did not give, sign nobody in', async () => {
  const browser = await provider.browser()
  for (const parameter of ['error', 'code']) {
    const callback = await visit(pageOf(await begin(browser, 'sign_ins')), somebody('broken@example.com'))
    callback.searchParams.set(parameter, 'server_error')
    await comeBack(callback)
    const failed = { status: 'failed', error: { code: 'oauth_token_exchange_error' } }
    expect((await clientOf(browser)).sign_in?.first_factor_verification).toMatchObject(failed)
  }
  expect(await clientOf(browser)).toMatchObject({ sessions: [] })
})

test('a provider that answers with a form is heard, too', async () => {
  const browser = await provider.browser()
  const callback = await visit(pageOf(await begin(browser, 'sign_ups')), somebody('posted@example.com'))
  const posted = await fetch(`${provider.clerk.url}/v1/oauth_callback`, {
    method: 'POST',
    body: callback.searchParams,
    redirect: 'manual',
  })
  expect(posted.status).toBe(303)
  expect((await comeBack(new URL(posted.headers.get('location') ?? ''))).href).toBe(completeUrl)
})

test('who is signed in on this browser already is led to her session', async () => {
  const { browser } = await signUp(somebody('twice@example.com'))
  expect((await goThrough(browser, 'sign_ins', somebody('twice@example.com'))).href).toBe(redirectUrl)
  expect((await clientOf(browser)).sign_in?.first_factor_verification).toMatchObject({
    status: 'failed',
    error: { code: 'identifier_already_signed_in', meta: { session_id: expect.any(String) as string } },
  })
})

test('people who are banned or locked stay out, whoever vouches for them', async () => {
  const { userId } = await signUp(somebody('banned@example.com'))
  const refused = async (): Promise<object | undefined> => {
    const browser = await provider.browser()
    await goThrough(browser, 'sign_ins', somebody('banned@example.com'))
    const { sessions, sign_in: signIn } = await clientOf(browser)
    expect(sessions).toEqual([])
    return signIn?.first_factor_verification
  }
  await provider.backend('POST', `/users/${userId}/lock`)
  expect(await refused()).toMatchObject({ status: 'failed', error: { code: 'user_locked' } })
  await provider.backend('POST', `/users/${userId}/unlock`)
  await provider.backend('POST', `/users/${userId}/ban`)
  expect(await refused()).toMatchObject({ status: 'failed', error: { code: 'user_banned' } })
})

test('a connected account is among the first factors of its user', async () => {
  await signUp(somebody('factors@example.com'), 'oauth_github')
  const browser = await provider.browser()
  const { response } = await browser.post('/client/sign_ins', { identifier: 'factors@example.com' })
  const strategies = (response['supported_first_factors'] as { strategy: string }[]).map(({ strategy }) => strategy)
  expect(strategies).toContain('oauth_github')
  expect(strategies).not.toContain('oauth_google')
})

test.each(['oauth_unheard_of', 'oauth_custom_google'])('%s is no way in', async (strategy) => {
  const browser = await provider.browser()
  for (const way of ['sign_ins', 'sign_ups'] as const) {
    expect(await begin(browser, way, strategy)).toMatchObject({ status: 422, code: 'form_param_value_invalid' })
  }
})

test('a way never leads to a foreign address', async () => {
  const browser = await provider.browser()
  const foreign = { ...addresses, action_complete_redirect_url: 'https://evil.example/' }
  const refused = { status: 422, code: 'form_param_value_invalid' }
  expect(await browser.post('/client/sign_ins', { strategy: 'oauth_google', ...foreign })).toMatchObject(refused)
})
