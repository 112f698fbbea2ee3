import { afterAll, beforeAll, expect, test } from 'vitest'

import { comeBack, somebody, visit } from '../../../federation/fake-provider/visit.test-support.ts'
import { type Browser, type SignedInProvider, startSignedIn } from '../../signed-in.test-support.ts'

const home = 'http://localhost:3000/profile'

let provider: SignedInProvider

beforeAll(async () => {
  provider = await startSignedIn()
})

afterAll(async () => await provider.stop())

interface ShownAccount {
  readonly id: string
  readonly provider: string
  readonly email_address: string
  readonly approved_scopes: string
  readonly verification: {
    readonly status: string
    readonly error: { readonly code: string } | null
    readonly external_verification_redirect_url: string | null
  }
}

async function begin(browser: Browser, strategy = 'oauth_google'): Promise<ShownAccount> {
  const { response } = await browser.post('/me/external_accounts', { strategy, redirect_url: home })
  return response as unknown as ShownAccount
}

async function accountsOf(browser: Browser): Promise<readonly ShownAccount[]> {
  const { response } = await browser.ask('/me')
  return response['external_accounts'] as readonly ShownAccount[]
}

function pageOf(account: ShownAccount): string {
  return account.verification.external_verification_redirect_url ?? ''
}

const newcomer = (name: string) =>
  provider.signedIn({ email_address: [`${name}@tasks.example`], password: 'a-pass-word' })

test('an account is connected, told of in both doors, and brings the address its provider vouches for', async () => {
  const browser = await newcomer('connects')
  const begun = await begin(browser)
  expect(begun).toMatchObject({ provider: 'oauth_google', verification: { status: 'unverified' } })
  const events = await provider.eventsOf(async () => {
    const back = await comeBack(await visit(pageOf(begun), { choice: 'ada@example.com' }))
    expect(back.href).toBe(home)
  })
  expect(new Set(events)).toEqual(new Set(['user.updated']))
  const connected = { id: begun.id, email_address: 'ada@example.com', first_name: 'Ada', email_address_verified: true }
  expect(await accountsOf(browser)).toMatchObject([{ ...connected, verification: { status: 'verified', error: null } }])
  const user = await provider.backend('GET', `/users/${browser.userId}`)
  expect(user).toMatchObject({
    external_accounts: [connected],
    email_addresses: [
      { email_address: 'connects@tasks.example' },
      { email_address: 'ada@example.com', verification: { status: 'verified', strategy: 'from_oauth_google' } },
    ],
  })
})

test('an address that the provider does not vouch for stays out of the profile', async () => {
  const browser = await newcomer('unvouched')
  await comeBack(await visit(pageOf(await begin(browser)), { choice: 'alan@example.com' }))
  expect(await accountsOf(browser)).toMatchObject([{ email_address_verified: false }])
  const { response } = await browser.ask('/me')
  expect(response['email_addresses']).toHaveLength(1)
})

test('who refuses access is told so, and may begin again', async () => {
  const browser = await newcomer('refuses')
  await comeBack(await visit(pageOf(await begin(browser)), { choice: 'refuse' }))
  const refused = { status: 'failed', error: { code: 'oauth_access_denied' } }
  expect(await accountsOf(browser)).toMatchObject([{ verification: refused }])
  await comeBack(await visit(pageOf(await begin(browser)), somebody('refuses@elsewhere.example')))
  expect(await accountsOf(browser)).toMatchObject([{ verification: { status: 'verified' } }])
})

test('an account is of one user', async () => {
  const first = await newcomer('first')
  const second = await newcomer('second')
  await comeBack(await visit(pageOf(await begin(first)), somebody('shared@elsewhere.example')))
  await comeBack(await visit(pageOf(await begin(second)), somebody('shared@elsewhere.example')))
  const claimed = { status: 'failed', error: { code: 'oauth_identification_claimed' } }
  expect(await accountsOf(second)).toMatchObject([{ verification: claimed }])
})

test('a way back works once, for ten minutes', async () => {
  const browser = await newcomer('returns')
  const callback = await visit(pageOf(await begin(browser)), somebody('returns@elsewhere.example'))
  await comeBack(callback)
  await expect(comeBack(callback)).rejects.toThrow('authorization_invalid')
  const late = pageOf(await begin(browser, 'oauth_github'))
  provider.pass(11)
  await expect(comeBack(await visit(late, somebody('late@elsewhere.example')))).rejects.toThrow('authorization_invalid')
})

test('a code that is not of this way back is worth nothing', async () => {
  const browser = await newcomer('mixes')
  const one = await visit(pageOf(await begin(browser)), somebody('one@elsewhere.example'))
  const other = await visit(pageOf(await begin(browser)), somebody('other@elsewhere.example'))
  // PKCE: the code of one request with the state, and so the verifier, of the other.
  other.searchParams.set('code', one.searchParams.get('code') ?? '')
  await comeBack(other)
  const refused = { status: 'failed', error: { code: 'oauth_token_exchange_error' } }
  expect(await accountsOf(browser)).toMatchObject([{ verification: refused }])
})

test('an answer of another issuer is refused', async () => {
  const browser = await newcomer('mixed')
  const callback = await visit(pageOf(await begin(browser)), somebody('mixed@elsewhere.example'))
  callback.searchParams.set('iss', 'https://another.example')
  await comeBack(callback)
  expect(await accountsOf(browser)).toMatchObject([{ verification: { error: { code: 'oauth_token_exchange_error' } } }])
})

test('more scopes are asked for without losing what there is', async () => {
  const browser = await newcomer('extends')
  const begun = await begin(browser)
  await comeBack(await visit(pageOf(begun), somebody('extends@elsewhere.example')))
  const path = `/me/external_accounts/${begun.id}/reauthorize?_method=PATCH`
  const form = { redirect_url: home, additional_scope: 'calendar' }
  const { response } = await browser.post(path, form)
  const again = response as unknown as ShownAccount
  expect(again.verification.status).toBe('verified')
  await comeBack(await visit(pageOf(again), { choice: 'refuse' }))
  expect(await accountsOf(browser)).toMatchObject([{ verification: { status: 'verified' } }])
  const third = (await browser.post(path, form)).response as unknown as ShownAccount
  await comeBack(await visit(pageOf(third), somebody('extends@elsewhere.example')))
  const [extended] = await accountsOf(browser)
  expect(extended?.approved_scopes.split(' ')).toContain('calendar')
})

test('an account is disconnected by its user alone, who may then connect it anew', async () => {
  const browser = await newcomer('leaves')
  const other = await newcomer('meddles')
  const begun = await begin(browser)
  await comeBack(await visit(pageOf(begun), somebody('leaves@elsewhere.example')))
  const path = `/me/external_accounts/${begun.id}`
  expect(await other.ask(path, { method: 'DELETE' })).toMatchObject({ status: 404, code: 'resource_not_found' })
  expect(await browser.ask(path, { method: 'DELETE' })).toMatchObject({ response: { id: begun.id, deleted: true } })
  expect(await accountsOf(browser)).toEqual([])
  await comeBack(await visit(pageOf(await begin(browser)), somebody('leaves@elsewhere.example')))
  expect(await accountsOf(browser)).toHaveLength(1)
})

interface ShownToken {
  readonly token: string
  readonly expires_at: number
}

test('a server is given tokens that count, renewed where they have run out', async () => {
  const browser = await newcomer('renews')
  const begun = await begin(browser)
  await comeBack(await visit(pageOf(begun), somebody('renews@elsewhere.example')))
  const path = `/users/${browser.userId}/oauth_access_tokens/oauth_google`
  const read = async () => ((await provider.backend('GET', path)) as unknown as ShownToken[])[0]
  const first = await read()
  expect(await read()).toEqual(first)
  provider.pass(61)
  const [second, beside] = await Promise.all([read(), read()])
  expect(second?.token).not.toBe(first?.token)
  expect(second?.expires_at).toBeGreaterThan(first?.expires_at ?? 0)
  expect(beside).toEqual(second)
})

test('tokens that have run out and cannot be renewed are refused', async () => {
  const browser = await newcomer('lapses')
  await comeBack(await visit(pageOf(await begin(browser)), somebody('lapses@elsewhere.example')))
  const path = `/users/${browser.userId}/oauth_access_tokens/oauth_google`
  provider.pass(61)
  const forget = (column: string) =>
    provider.database.query(
      `update clerk.external_accounts set ${column} where user_id = '${browser.userId}'`,
      'supabase_admin',
    )
  await forget(`refresh_token = 'unknown'`)
  expect(await provider.backend('GET', path)).toMatchObject({ errors: [{ code: 'oauth_token_exchange_error' }] })
  await forget('refresh_token = null')
  expect(await provider.backend('GET', path)).toMatchObject({
    errors: [{ code: 'external_account_missing_refresh_token' }],
  })
})

test('whose tokens are forgotten keeps the account', async () => {
  const browser = await newcomer('forgets')
  const begun = await begin(browser)
  await comeBack(await visit(pageOf(begun), somebody('forgets@elsewhere.example')))
  expect(await browser.ask(`/me/external_accounts/${begun.id}/tokens`, { method: 'DELETE' })).toMatchObject({
    status: 200,
  })
  expect(await accountsOf(browser)).toHaveLength(1)
  expect(await provider.backend('GET', `/users/${browser.userId}/oauth_access_tokens/oauth_google`)).toEqual([])
})

test('behind a proxy that is trusted, everything the browser is sent to is the proxy’s', async () => {
  const browser = await newcomer('proxied')
  const base = 'http://localhost:3000/__clerk'
  const headers = { 'clerk-proxy-url': base, 'clerk-secret-key': provider.clerk.instance().secretKey }
  const form = { strategy: 'oauth_google', redirect_url: home }
  const { response } = await browser.ask('/me/external_accounts', { method: 'POST', form, headers })
  const page = pageOf(response as unknown as ShownAccount)
  expect(page.startsWith(`${base}/fake-provider/google/authorize?`)).toBe(true)
  const callback = await visit(page.replace(base, provider.clerk.url), somebody('proxied@elsewhere.example'))
  expect(`${callback.origin}${callback.pathname}`).toBe(`${base}/v1/oauth_callback`)
  expect((await comeBack(new URL(callback.href.replace(base, provider.clerk.url)))).href).toBe(home)
  expect(await accountsOf(browser)).toMatchObject([{ verification: { status: 'verified' } }])
})

test.each([
  [{ strategy: 'oauth_unheard_of', redirect_url: home }, 'form_param_value_invalid'],
  [{ strategy: 'oauth_google', redirect_url: 'https://evil.example/' }, 'form_param_value_invalid'],
  [{ strategy: 'oauth_google' }, 'form_param_missing'],
  [{ redirect_url: home }, 'form_param_missing'],
] as const)('%j begins nothing', async (form, code) => {
  const browser = await newcomer(`strays-${Math.random()}`)
  expect(await browser.post('/me/external_accounts', form)).toMatchObject({
    status: 422,
    code,
  })
  expect(await accountsOf(browser)).toEqual([])
})

test('the account that is all there is to sign in with stays', async () => {
  const browser = await newcomer('last-account')
  await comeBack(await visit(pageOf(await begin(browser)), { choice: 'alan@example.com' }))
  const { response } = await browser.ask('/me')
  await provider.backend('DELETE', `/email_addresses/${String(response['primary_email_address_id'])}`)
  const [account] = await accountsOf(browser)
  const answer = await browser.ask(`/me/external_accounts/${account?.id}`, { method: 'DELETE' })
  expect(answer).toMatchObject({ status: 400, code: 'identification_deletion_failed' })
})
