// Sign-in by password and e-mail code, as the default settings have it.

import { afterAll, beforeAll, expect, test } from 'vitest'

import { type Answered, type Browser, type Provider, startProvider } from '../browser.test-support.ts'

let provider: Provider

beforeAll(async () => {
  provider = await startProvider({ authentication: { lockout: { attempts: 4, minutes: 30 } } })
})

afterAll(async () => {
  await provider.stop()
})

const password = 'correct horse battery'
let people = 0

async function somebody(more: object = {}): Promise<{ readonly email: string; readonly id: string }> {
  const email = `known-${(people += 1)}@example.com`
  const { id } = await provider.backend('POST', '/users', { email_address: [email], password, ...more })
  return { email, id: String(id) }
}

const pathOf = ({ response }: Answered) => `/client/sign_ins/${String(response['id'])}`

async function codePrepared(browser: Browser, email: string): Promise<string> {
  const created = await browser.post('/client/sign_ins', { identifier: email })
  const factors = created.response['supported_first_factors'] as { strategy: string; email_address_id: string }[]
  const id = factors.find(({ strategy }) => strategy === 'email_code')?.email_address_id ?? ''
  const form = { strategy: 'email_code', email_address_id: id }
  await browser.post(`${pathOf(created)}/prepare_first_factor`, form)
  return pathOf(created)
}

test('whoever says who she is, is told how she may prove it', async () => {
  const { email } = await somebody({ first_name: 'Ada' })
  const created = await (await provider.browser()).post('/client/sign_ins', { identifier: ` ${email.toUpperCase()} ` })
  const id = expect.stringMatching(/^idn_/) as unknown
  expect(created.response).toMatchObject({
    object: 'sign_in_attempt',
    status: 'needs_first_factor',
    identifier: email,
    supported_identifiers: ['email_address'],
    supported_first_factors: [
      { strategy: 'password' },
      { strategy: 'email_code', safe_identifier: email, email_address_id: id, primary: true },
      { strategy: 'reset_password_email_code', safe_identifier: email, email_address_id: id, primary: true },
    ],
    supported_second_factors: null,
    first_factor_verification: null,
    user_data: { first_name: 'Ada', has_image: false },
    created_session_id: null,
  })
  expect(created.client).toMatchObject({ sign_in: { id: created.response['id'] } })
})

test('a password in the first request signs in', async () => {
  const { email, id } = await somebody()
  const browser = await provider.browser()
  const done = await browser.post('/client/sign_ins', { identifier: email, strategy: 'password', password })
  expect(done.response).toMatchObject({
    status: 'complete',
    created_session_id: expect.stringMatching(/^sess_/) as unknown,
    first_factor_verification: { status: 'verified', strategy: 'password', object: 'verification_password' },
  })
  expect(done.client).toMatchObject({
    sign_in: null,
    last_active_session_id: done.response['created_session_id'],
    last_authentication_strategy: 'password',
    sessions: [{ status: 'active', user: { id }, factor_verification_age: [0, -1] }],
  })
  expect((await provider.eventTypes()).at(-1)).toBe('session.created')
})

test('a password in the second request signs in, and a wrong one before it does no harm', async () => {
  const { email } = await somebody()
  const browser = await provider.browser()
  const path = pathOf(await browser.post('/client/sign_ins', { identifier: email }))
  const attempt = (shown: string) =>
    browser.post(`${path}/attempt_first_factor`, { strategy: 'password', password: shown })
  const refused = await attempt('wrong horse')
  expect([refused.status, refused.code, refused.error['meta']]).toEqual([
    422,
    'form_password_incorrect',
    { param_name: 'password' },
  ])
  expect((await attempt(password)).response).toMatchObject({ status: 'complete' })
  expect((await attempt(password)).code).toBe('client_state_invalid')
})

test('a code signs in, once', async () => {
  const { email } = await somebody()
  const browser = await provider.browser()
  const path = await codePrepared(browser, email)
  const form = { strategy: 'email_code', code: await provider.codeSentTo(email) }
  const answers = await Promise.all([1, 2].map(() => browser.post(`${path}/attempt_first_factor`, form)))
  expect(answers.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 400])
  expect(((await browser.get('/client')).response['sessions'] as unknown[]).length).toBe(1)
})

test('a strategy that is named at once is prepared at once', async () => {
  const { email } = await somebody()
  const browser = await provider.browser()
  const created = await browser.post('/client/sign_ins', { identifier: email, strategy: 'email_code' })
  expect(created.response).toMatchObject({
    status: 'needs_first_factor',
    first_factor_verification: { status: 'unverified', strategy: 'email_code', object: 'verification_otp' },
  })
  const form = { strategy: 'email_code', code: await provider.codeSentTo(email) }
  expect((await browser.post(`${pathOf(created)}/attempt_first_factor`, form)).response).toMatchObject({
    status: 'complete',
  })
})

test('a code for one strategy is none for another', async () => {
  const { email } = await somebody()
  const browser = await provider.browser()
  const path = await codePrepared(browser, email)
  const form = { strategy: 'reset_password_email_code', code: await provider.codeSentTo(email) }
  expect((await browser.post(`${path}/attempt_first_factor`, form)).code).toBe('verification_missing')
})

test('a forgotten password is replaced after a code, and ends the other sessions if asked', async () => {
  const { email } = await somebody()
  const other = await provider.browser()
  await other.post('/client/sign_ins', { identifier: email, strategy: 'password', password })
  const browser = await provider.browser()
  const created = await browser.post('/client/sign_ins', { identifier: email, strategy: 'reset_password_email_code' })
  const path = pathOf(created)
  const reset = (shown: string) =>
    browser.post(`${path}/reset_password`, { password: shown, sign_out_of_other_sessions: 'true' })
  expect((await reset('another long one')).code).toBe('client_state_invalid')
  const form = { strategy: 'reset_password_email_code', code: await provider.codeSentTo(email) }
  const proven = await browser.post(`${path}/attempt_first_factor`, form)
  expect(proven.response).toMatchObject({ status: 'needs_new_password', created_session_id: null })
  expect((await reset('short')).code).toBe('form_password_length_too_short')
  expect((await reset('another long one')).response).toMatchObject({ status: 'complete' })
  expect((await other.get('/client')).response).toMatchObject({ sessions: [] })
  const again = await provider.browser()
  const signIn = (shown: string) =>
    again.post('/client/sign_ins', { identifier: email, strategy: 'password', password: shown })
  expect((await signIn(password)).code).toBe('form_password_incorrect')
  expect((await signIn('another long one')).response).toMatchObject({ status: 'complete' })
})

test('an unknown identifier is refused at its field', async () => {
  const browser = await provider.browser()
  const refused = await browser.post('/client/sign_ins', { identifier: 'nobody@example.com' })
  expect([refused.status, refused.code, refused.error['meta']]).toEqual([
    422,
    'form_identifier_not_found',
    { param_name: 'identifier' },
  ])
  expect((await browser.post('/client/sign_ins', { identifier: 'ada' })).code).toBe('form_param_format_invalid')
})

test('an address that is not verified signs nobody in', async () => {
  const { id } = await somebody()
  await provider.backend('POST', '/email_addresses', { user_id: id, email_address: 'unproven@example.com' })
  const refused = await (await provider.browser()).post('/client/sign_ins', { identifier: 'unproven@example.com' })
  expect(refused.code).toBe('form_identifier_not_found')
})

test('somebody without a password cannot be asked for one', async () => {
  const { email } = await somebody({ password: undefined, skip_password_requirement: true })
  const browser = await provider.browser()
  const refused = await browser.post('/client/sign_ins', { identifier: email, strategy: 'password', password })
  expect([refused.status, refused.code]).toEqual([400, 'strategy_for_user_invalid'])
})

test('somebody who is signed in on this client already is led to her session', async () => {
  const { email } = await somebody()
  const browser = await provider.browser()
  const done = await browser.post('/client/sign_ins', { identifier: email, strategy: 'password', password })
  const refused = await browser.post('/client/sign_ins', { identifier: email })
  expect([refused.status, refused.code, refused.error['meta']]).toEqual([
    400,
    'identifier_already_signed_in',
    { session_id: done.response['created_session_id'] },
  ])
  expect(refused.client).toMatchObject({ sessions: [{ id: done.response['created_session_id'] }] })
})

test('of two sign-ins of one person on one client, both half way, one gets a session', async () => {
  const { email } = await somebody()
  const browser = await provider.browser()
  const first = pathOf(await browser.post('/client/sign_ins', { identifier: email }))
  const second = pathOf(await browser.post('/client/sign_ins', { identifier: email }))
  const form = { strategy: 'password', password }
  expect((await browser.post(`${first}/attempt_first_factor`, form)).response).toMatchObject({ status: 'complete' })
  expect((await browser.post(`${second}/attempt_first_factor`, form)).code).toBe('identifier_already_signed_in')
})

test('too many wrong passwords lock the account, also for the right one, and for a while', async () => {
  const { email, id } = await somebody()
  const attempt = async (shown: string) =>
    (await provider.browser()).post('/client/sign_ins', { identifier: email, strategy: 'password', password: shown })
  for (let tries = 0; tries < 3; tries += 1) expect((await attempt('wrong')).code).toBe('form_password_incorrect')
  const locked = await attempt('wrong')
  expect([locked.status, locked.code, locked.error['meta']]).toEqual([
    403,
    'user_locked',
    { lockout_expires_in_seconds: 1800 },
  ])
  expect((await attempt(password)).code).toBe('user_locked')
  expect(await provider.backend('GET', `/users/${id}`)).toMatchObject({ locked: true })
  expect((await provider.eventTypes()).at(-1)).toBe('user.updated')
  provider.pass(30)
  expect((await attempt(password)).response).toMatchObject({ status: 'complete' })
})

test('a right password forgets the wrong ones before it', async () => {
  const { email } = await somebody()
  const attempt = async (shown: string) =>
    (await provider.browser()).post('/client/sign_ins', { identifier: email, strategy: 'password', password: shown })
  for (let round = 0; round < 3; round += 1) {
    for (let tries = 0; tries < 3; tries += 1) expect((await attempt('wrong')).code).toBe('form_password_incorrect')
    expect((await attempt(password)).status).toBe(200)
  }
})

test('guesses at codes count against the account as well', async () => {
  const { email } = await somebody()
  const browser = await provider.browser()
  const path = await codePrepared(browser, email)
  const code = await provider.codeSentTo(email)
  const wrong = code === '111111' ? '222222' : '111111'
  const attempt = (shown: string) =>
    browser.post(`${path}/attempt_first_factor`, { strategy: 'email_code', code: shown })
  for (let tries = 0; tries < 3; tries += 1) expect((await attempt(wrong)).code).toBe('form_code_incorrect')
  expect((await attempt(wrong)).code).toBe('user_locked')
  expect((await attempt(code)).code).toBe('user_locked')
})

test('guesses at the same moment are judged one by one, so no more of them than of others', async () => {
  const { email } = await somebody()
  const browsers = await Promise.all(Array.from({ length: 24 }, () => provider.browser()))
  const guess = (browser: Browser, shown: string) =>
    browser.post('/client/sign_ins', { identifier: email, strategy: 'password', password: shown })
  const answers = await Promise.all(browsers.map((browser, at) => guess(browser, `wrong ${at}`)))
  const codes = answers.map(({ code }) => code)
  expect(codes.filter((code) => code === 'form_password_incorrect')).toHaveLength(3)
  expect(codes.filter((code) => code === 'user_locked')).toHaveLength(21)
  expect((await guess(await provider.browser(), password)).code).toBe('user_locked')
})

test('somebody who is banned is told so', async () => {
  const { email, id } = await somebody()
  await provider.backend('POST', `/users/${id}/ban`)
  const refused = await (
    await provider.browser()
  ).post('/client/sign_ins', { identifier: email, strategy: 'password', password })
  expect([refused.status, refused.code]).toEqual([403, 'user_banned'])
})

test.each<[what: string, form: Record<string, string>, code: string]>([
  ['an unknown strategy', { strategy: 'smoke_signals' }, 'form_param_value_invalid'],
  ['a strategy that needs an identifier', { strategy: 'password', password }, 'form_param_missing'],
])('%s is refused', async (_what, form, code) => {
  const refused = await (await provider.browser()).post('/client/sign_ins', form)
  expect([refused.status, refused.code]).toEqual([422, code])
})

test('a form without anything begins a sign-in that needs an identifier', async () => {
  const created = await (await provider.browser()).post('/client/sign_ins')
  expect(created.response).toMatchObject({
    status: 'needs_identifier',
    identifier: null,
    supported_first_factors: null,
  })
})

test('a sign-in belongs to its browser, and is abandoned after a day', async () => {
  const { email } = await somebody()
  const browser = await provider.browser()
  const path = pathOf(await browser.post('/client/sign_ins', { identifier: email }))
  expect((await (await provider.browser()).get(path)).status).toBe(404)
  provider.pass(24 * 60)
  expect((await browser.get(path)).status).toBe(404)
  expect((await browser.get('/client')).response).toMatchObject({ sign_in: null })
})
