// Links by e-mail: they prove an address in the browser that asked for them, once.

import { afterAll, beforeAll, expect, test } from 'vitest'

import { emailLinks } from '../../profiles/identifiers.ts'
import { type Browser, type Provider, startProvider } from '../browser.test-support.ts'

let provider: Provider

beforeAll(async () => {
  provider = await startProvider(emailLinks.settings)
})

afterAll(async () => {
  await provider.stop()
})

const redirectUrl = 'http://localhost:3000/verify?step=1'
let people = 0
const newEmail = () => `link-${(people += 1)}@example.com`
const linkTo = async (email: string) => String((await provider.messagesTo(email)).at(-1)?.['magic_link'])

async function somebody(): Promise<string> {
  const email = newEmail()
  await provider.backend('POST', '/users', { email_address: [email], skip_password_requirement: true })
  return email
}

async function signInPrepared(browser: Browser, email: string): Promise<string> {
  const form = { identifier: email, strategy: 'email_link', redirect_url: redirectUrl }
  const { response } = await browser.post('/client/sign_ins', form)
  expect(response).toMatchObject({
    status: 'needs_first_factor',
    first_factor_verification: { status: 'unverified', strategy: 'email_link', object: 'verification_email_link' },
  })
  return `/client/sign_ins/${String(response['id'])}`
}

test('a sign-in that waits for its link is complete once the link was opened', async () => {
  const browser = await provider.browser()
  const email = await somebody()
  const path = await signInPrepared(browser, email)
  const target = await browser.open(await linkTo(email))
  expect(target.href).toContain(redirectUrl)
  expect(target.searchParams.get('__clerk_status')).toBe('verified')
  const { response, client } = await browser.get(path)
  expect(client).toMatchObject({ last_active_session_id: response['created_session_id'] })
  expect(response).toMatchObject({
    status: 'complete',
    created_session_id: target.searchParams.get('__clerk_created_session'),
    first_factor_verification: { status: 'verified', verified_at_client: null },
  })
})

test('a link works once', async () => {
  const browser = await provider.browser()
  const email = await somebody()
  await signInPrepared(browser, email)
  await browser.open(await linkTo(email))
  expect((await browser.open(await linkTo(email))).searchParams.get('__clerk_status')).toBe('failed')
  expect(((await browser.get('/client')).response['sessions'] as unknown[]).length).toBe(1)
})

test('a link proves nothing in another browser, and still works in its own', async () => {
  const browser = await provider.browser()
  const email = await somebody()
  await signInPrepared(browser, email)
  const stranger = await provider.browser()
  await stranger.get('/client')
  const target = await stranger.open(await linkTo(email))
  expect(target.searchParams.get('__clerk_status')).toBe('client_mismatch')
  expect(target.searchParams.has('__clerk_created_session')).toBe(false)
  expect((await browser.open(await linkTo(email))).searchParams.get('__clerk_status')).toBe('verified')
})

test('in development a browser whose cookies do not reach us is taken at the link’s word', async () => {
  const browser = await provider.browser()
  const email = await somebody()
  const path = await signInPrepared(browser, email)
  const answer = await fetch(await linkTo(email), { redirect: 'manual' })
  expect(new URL(answer.headers.get('location') ?? '').searchParams.get('__clerk_status')).toBe('verified')
  expect((await browser.get(path)).response).toMatchObject({ status: 'complete' })
})

test('a link is over after ten minutes', async () => {
  const browser = await provider.browser()
  const email = await somebody()
  const path = await signInPrepared(browser, email)
  provider.pass(10)
  expect((await browser.open(await linkTo(email))).searchParams.get('__clerk_status')).toBe('expired')
  expect((await browser.get(path)).response).toMatchObject({ first_factor_verification: { status: 'expired' } })
})

test('a link that the sign-in no longer waits for fails', async () => {
  const browser = await provider.browser()
  const email = await somebody()
  const path = await signInPrepared(browser, email)
  const before = await linkTo(email)
  await browser.post(`${path}/prepare_first_factor`, { strategy: 'email_link', redirect_url: redirectUrl })
  expect((await browser.open(before)).searchParams.get('__clerk_status')).toBe('failed')
  expect((await browser.get(path)).response).toMatchObject({ status: 'needs_first_factor' })
  expect((await browser.open(await linkTo(email))).searchParams.get('__clerk_status')).toBe('verified')
})

test('a sign-up is complete once its link was opened', async () => {
  const browser = await provider.browser()
  const email = newEmail()
  const { response } = await browser.post('/client/sign_ups', { email_address: email })
  const path = `/client/sign_ups/${String(response['id'])}`
  const form = { strategy: 'email_link', redirect_url: redirectUrl }
  await browser.post(`${path}/prepare_verification`, form)
  const target = await browser.open(await linkTo(email))
  expect(target.searchParams.get('__clerk_status')).toBe('verified')
  expect((await browser.get(path)).response).toMatchObject({
    status: 'complete',
    created_session_id: target.searchParams.get('__clerk_created_session'),
    verifications: { email_address: { status: 'verified', strategy: 'email_link' } },
  })
})

test('a link proves an address that somebody adds to her profile', async () => {
  const browser = await provider.browser()
  const email = await somebody()
  await signInPrepared(browser, email)
  await browser.open(await linkTo(email))
  const added = newEmail()
  const { response } = await browser.post('/me/email_addresses', { email_address: added })
  const path = `/me/email_addresses/${String(response['id'])}`
  await browser.post(`${path}/prepare_verification`, { strategy: 'email_link', redirect_url: redirectUrl })
  expect((await browser.open(await linkTo(added))).searchParams.get('__clerk_status')).toBe('verified')
  expect((await browser.get(path)).response).toMatchObject({
    verification: { status: 'verified', strategy: 'email_link' },
  })
})

test('a link leads to welcome pages alone, and is never typed in', async () => {
  const browser = await provider.browser()
  const email = await somebody()
  const path = await signInPrepared(browser, email)
  const form = { strategy: 'email_link', redirect_url: 'https://evil.example/' }
  expect((await browser.post(`${path}/prepare_first_factor`, form)).code).toBe('form_param_value_invalid')
  expect((await browser.post(`${path}/attempt_first_factor`, { strategy: 'email_link' })).code).toBe(
    'verification_missing',
  )
  expect((await browser.post(`${path}/prepare_first_factor`, { strategy: 'email_code' })).code).toBe(
    'strategy_for_user_invalid',
  )
})

test('a link that was never sent is not found', async () => {
  const answer = await (await provider.browser()).get('/verify?token=nonsense')
  expect([answer.status, answer.code]).toEqual([404, 'resource_not_found'])
})
