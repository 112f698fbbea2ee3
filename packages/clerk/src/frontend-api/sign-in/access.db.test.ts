// Who gets in where, with what, and how often: one instance for each profile.

import { afterEach, expect, test } from 'vitest'

import { secondFactorRequired, singleSession, waitlist } from '../../profiles/access.ts'
import { passwordsOnly, phoneCodes, usernames } from '../../profiles/identifiers.ts'
import { sessionTasks } from '../../profiles/organizations.ts'
import type { SharedSettings } from '../../profiles/profile.ts'
import { type Browser, type Provider, startProvider } from '../browser.test-support.ts'

const password = 'correct horse battery'
let provider: Provider

async function start(settings: SharedSettings): Promise<void> {
  provider = await startProvider(settings)
}

afterEach(async () => {
  await provider.stop()
})

const newUser = (body: object) => provider.backend('POST', '/users', { password, ...body })
const signIn = (
  browser: Browser,
  identifier: string,
  more: Record<string, string> = { strategy: 'password', password },
) => browser.post('/client/sign_ins', { identifier, ...more })

test('usernames: a name and a password make a user at once, and bring her back', async () => {
  await start(usernames.settings)
  const browser = await provider.browser()
  const missing = await browser.post('/client/sign_ups', { password })
  expect(missing.response).toMatchObject({ missing_fields: ['username'], verifications: { email_address: null } })
  const done = await browser.post('/client/sign_ups', { username: 'Ada_Lovelace', password })
  expect(done.response).toMatchObject({ status: 'complete', username: 'Ada_Lovelace' })
  const other = await provider.browser()
  expect((await other.post('/client/sign_ups', { username: 'ada_lovelace', password })).code).toBe(
    'form_identifier_exists',
  )
  expect((await signIn(other, 'ada_lovelace')).response).toMatchObject({ status: 'complete' })
  expect((await signIn(await provider.browser(), 'nobody_here')).code).toBe('form_identifier_not_found')
})

test('phone codes: a number is proven by a text message, at sign-up and at sign-in', async () => {
  await start(phoneCodes.settings)
  const number = '+12015551234'
  const browser = await provider.browser()
  const begun = await browser.post('/client/sign_ups', { phone_number: '+1 (201) 555-1234' })
  expect(begun.response).toMatchObject({
    phone_number: number,
    unverified_fields: ['phone_number'],
    verifications: { phone_number: { strategy: null, supported_strategies: ['phone_code'] } },
  })
  const path = `/client/sign_ups/${String(begun.response['id'])}`
  await browser.post(`${path}/prepare_verification`, { strategy: 'phone_code' })
  const code = await provider.codeSentTo(number)
  const done = await browser.post(`${path}/attempt_verification`, { strategy: 'phone_code', code })
  expect(done.response).toMatchObject({ status: 'complete' })
  expect(done.client).toMatchObject({ last_authentication_strategy: 'phone_code' })
  const other = await provider.browser()
  const begunAgain = await signIn(other, number, { strategy: 'phone_code' })
  expect(begunAgain.response).toMatchObject({
    supported_first_factors: [{ strategy: 'phone_code', safe_identifier: number, primary: true }],
    first_factor_verification: { strategy: 'phone_code', channel: 'sms' },
  })
  const form = { strategy: 'phone_code', code: await provider.codeSentTo(number) }
  const attempt = `/client/sign_ins/${String(begunAgain.response['id'])}/attempt_first_factor`
  expect((await other.post(attempt, form)).response).toMatchObject({ status: 'complete' })
})

test('passwords only: an address is nobody else’s although it is not proven', async () => {
  await start(passwordsOnly.settings)
  const form = { email_address: 'ada@example.com', password }
  const done = await (await provider.browser()).post('/client/sign_ups', form)
  expect(done.response).toMatchObject({ status: 'complete', verifications: { email_address: null } })
  const browser = await provider.browser()
  expect((await browser.post('/client/sign_ups', form)).code).toBe('form_identifier_exists')
  const back = await browser.post('/client/sign_ins', { identifier: 'ada@example.com' })
  expect(back.response['supported_first_factors']).toEqual([{ strategy: 'password' }])
  expect((await signIn(browser, 'ada@example.com')).response).toMatchObject({ status: 'complete' })
  expect(await provider.messagesTo('ada@example.com')).toEqual([])
})

test('waiting list: whoever wants to sign up is put on a list, and may come once she is invited', async () => {
  await start(waitlist.settings)
  const browser = await provider.browser()
  const refused = await browser.post('/client/sign_ups', { email_address: 'ada@example.com', password })
  expect([refused.status, refused.code]).toEqual([403, 'sign_up_restricted_waitlist'])
  const joined = await browser.post('/waitlist', { email_address: 'Ada@example.com' })
  expect(joined.response).toMatchObject({ object: 'waitlist_entry' })
  const again = await browser.post('/waitlist', { email_address: 'ada@example.com' })
  expect(again.response).toEqual(joined.response)
  expect((await browser.post('/waitlist', { email_address: 'ada' })).code).toBe('form_param_format_invalid')
  await provider.backend('POST', `/waitlist_entries/${String(joined.response['id'])}/invite`, {})
  const letter = (await provider.messagesTo('ada@example.com')).at(-1)
  const ticket = new URL(String(letter?.['action_url'])).searchParams.get('ticket') ?? ''
  const done = await browser.post('/client/sign_ups', { strategy: 'ticket', ticket, password })
  expect(done.response).toMatchObject({ status: 'complete' })
  const entries = await provider.backend('GET', '/waitlist_entries')
  expect(entries).toMatchObject({ data: [{ email_address: 'ada@example.com', status: 'completed' }] })
})

test('where there is no waiting list nobody joins it', async () => {
  await start({})
  const refused = await (await provider.browser()).post('/waitlist', { email_address: 'ada@example.com' })
  expect([refused.status, refused.code]).toEqual([403, 'feature_not_enabled'])
})

test('single session: signing in and up while signed in is refused, and the client beside it says who is', async () => {
  await start(singleSession.settings)
  await newUser({ email_address: ['ada@example.com'] })
  await newUser({ email_address: ['grace@example.com'] })
  const browser = await provider.browser()
  await signIn(browser, 'ada@example.com')
  for (const refused of [
    await signIn(browser, 'grace@example.com'),
    await browser.post('/client/sign_ups', { email_address: 'joan@example.com', password }),
  ]) {
    expect([refused.status, refused.code]).toEqual([400, 'session_exists'])
    expect(refused.client).toMatchObject({ sessions: [{ status: 'active' }] })
  }
})

test('several sessions: another person joins the first one on a client', async () => {
  await start({})
  await newUser({ email_address: ['ada@example.com'] })
  await newUser({ email_address: ['grace@example.com'] })
  const browser = await provider.browser()
  await signIn(browser, 'ada@example.com')
  const done = await signIn(browser, 'grace@example.com')
  expect(done.client['sessions']).toHaveLength(2)
  expect(done.client['last_active_session_id']).toBe(done.response['created_session_id'])
})

test('a session is pending until an organization was chosen, and is told of then', async () => {
  await start(sessionTasks.settings)
  const { id } = await newUser({ email_address: ['ada@example.com'] })
  const browser = await provider.browser()
  const done = await signIn(browser, 'ada@example.com')
  const sessionId = String(done.response['created_session_id'])
  expect(done.client).toMatchObject({ sessions: [{ status: 'pending', tasks: [{ key: 'choose-organization' }] }] })
  expect((await provider.eventTypes()).at(-1)).toBe('session.pending')
  const acme = await provider.backend('POST', '/organizations', { name: 'Acme', created_by: id })
  const touch = `/client/sessions/${sessionId}/touch`
  const touched = await browser.post(touch, { active_organization_id: String(acme['id']) })
  expect(touched.response).toMatchObject({ status: 'active', tasks: null, last_active_organization_id: acme['id'] })
  expect((await provider.eventTypes()).at(-1)).toBe('session.created')
})

test('a session is pending until a second factor was set up, where one is required', async () => {
  await start(secondFactorRequired.settings)
  await newUser({ email_address: ['ada@example.com'] })
  const done = await signIn(await provider.browser(), 'ada@example.com')
  expect(done.client).toMatchObject({ sessions: [{ status: 'pending', tasks: [{ key: 'setup-mfa' }] }] })
})

test('a compromised password lets nobody in, and is replaced after another way in', async () => {
  await start({ authentication: { reverification: false } })
  const { id } = await newUser({ email_address: ['ada@example.com'] })
  await provider.backend('POST', `/users/${String(id)}/password/set_compromised`, {})
  const browser = await provider.browser()
  const refused = await signIn(browser, 'ada@example.com')
  expect([refused.status, refused.code]).toEqual([422, 'form_password_compromised'])
  const begun = await signIn(browser, 'ada@example.com', { strategy: 'email_code' })
  const form = { strategy: 'email_code', code: await provider.codeSentTo('ada@example.com') }
  const done = await browser.post(`/client/sign_ins/${String(begun.response['id'])}/attempt_first_factor`, form)
  expect(done.client).toMatchObject({ sessions: [{ status: 'pending', tasks: [{ key: 'reset-password' }] }] })
  const changed = await browser.post('/me/change_password', {
    current_password: password,
    new_password: 'another long one',
  })
  expect(changed.status).toBe(200)
  const touched = await browser.post(`/client/sessions/${String(done.response['created_session_id'])}/touch`)
  expect(touched.response).toMatchObject({ status: 'active', tasks: null })
})

test('lists keep people out of sign-ups and, unless told otherwise, of sign-ins', async () => {
  await start({})
  await newUser({ email_address: ['ada@example.com'] })
  await provider.backend('POST', '/blocklist_identifiers', { identifier: 'ada@example.com' })
  await provider.backend('PATCH', '/instance/restrictions', { blocklist: true })
  const browser = await provider.browser()
  const refused = await signIn(browser, 'ada@example.com')
  expect([refused.status, refused.code]).toEqual([403, 'not_allowed_access'])
  await provider.backend('POST', '/blocklist_identifiers', { identifier: '*@evil.example' })
  const signUp = await browser.post('/client/sign_ups', { email_address: 'eve@evil.example', password })
  expect([signUp.status, signUp.code]).toEqual([403, 'not_allowed_access'])
})

test('an unknown identifier gets the answers a known one gets, where the instance does not tell', async () => {
  await start({ authentication: { enumerationProtection: true } })
  await newUser({ email_address: ['known@example.com'], first_name: 'Ada' })
  const answers = async (email: string) => {
    const browser = await provider.browser()
    const begun = await signIn(browser, email, {})
    const factors = begun.response['supported_first_factors'] as { strategy: string; email_address_id?: string }[]
    const id = factors.find(({ strategy }) => strategy === 'email_code')?.email_address_id ?? ''
    const path = `/client/sign_ins/${String(begun.response['id'])}`
    const wrong = await browser.post(`${path}/attempt_first_factor`, { strategy: 'password', password: 'wrong horse' })
    const prepared = await browser.post(`${path}/prepare_first_factor`, {
      strategy: 'email_code',
      email_address_id: id,
    })
    const guess = await browser.post(`${path}/attempt_first_factor`, { strategy: 'email_code', code: '000000' })
    return {
      status: begun.status,
      factors: factors.map((factor) => ({ ...factor, ...(factor.email_address_id && { email_address_id: 'idn' }) })),
      form: /^idn_[A-Za-z0-9]{27}$/.test(id),
      userData: begun.response['user_data'],
      wrong: [wrong.status, wrong.code],
      prepared: prepared.response['first_factor_verification'],
      guess: [guess.status, guess.code],
    }
  }
  const known = await answers('known@example.com')
  const unknown = JSON.stringify(await answers('nobody@example.com')).replaceAll('nobody@', 'known@')
  expect(JSON.parse(unknown)).toEqual(known)
  expect(known).toMatchObject({
    wrong: [422, 'form_password_incorrect'],
    guess: [422, 'form_code_incorrect'],
    userData: null,
  })
  expect(await provider.messagesTo('nobody@example.com')).toEqual([])
  expect(await provider.messagesTo('known@example.com')).toHaveLength(1)
})

test('nor do a lock and a forgotten password tell it', async () => {
  await start({ authentication: { enumerationProtection: true, lockout: { attempts: 3, minutes: 30 } } })
  await newUser({ email_address: ['known@example.com'] })
  await provider.backend('POST', '/users', {
    email_address: ['passwordless@example.com'],
    skip_password_requirement: true,
  })
  const answers = async (email: string) => {
    const browser = await provider.browser()
    const begun = await signIn(browser, email, {})
    const path = `/client/sign_ins/${String(begun.response['id'])}`
    const reset = await browser.post(`${path}/prepare_first_factor`, { strategy: 'reset_password_email_code' })
    const codes = [reset.status]
    for (let guess = 0; guess < 3; guess += 1)
      codes.push((await signIn(browser, email, { strategy: 'password', password: 'wrong horse' })).status)
    const locked = await signIn(browser, email, {})
    provider.pass(31)
    return { codes, locked: locked.error, later: (await signIn(browser, email, {})).status }
  }
  const known = await answers('known@example.com')
  expect(known).toMatchObject({ codes: [200, 422, 422, 403], locked: { code: 'user_locked' }, later: 200 })
  expect(await answers('passwordless@example.com')).toEqual(known)
  expect(await answers('nobody@example.com')).toEqual(known)
})

test('nor does a sign-up tell that an address is taken, before it was proven', async () => {
  await start({ authentication: { enumerationProtection: true } })
  await newUser({ email_address: ['known@example.com'] })
  const browser = await provider.browser()
  const begun = await browser.post('/client/sign_ups', {
    email_address: 'known@example.com',
    password,
    strategy: 'email_code',
  })
  expect(begun.response).toMatchObject({ status: 'missing_requirements', unverified_fields: ['email_address'] })
  const form = { strategy: 'email_code', code: await provider.codeSentTo('known@example.com') }
  const refused = await browser.post(`/client/sign_ups/${String(begun.response['id'])}/attempt_verification`, form)
  expect(refused.code).toBe('form_identifier_exists')
})

test('who tries too fast is told to wait, by browser and by address', async () => {
  await start({ authentication: { attemptsPerMinute: { browser: 3, address: 5 } } })
  const browser = await provider.browser()
  for (let tries = 0; tries < 3; tries += 1) expect((await signIn(browser, 'nobody@example.com')).status).toBe(422)
  const refused = await signIn(browser, 'nobody@example.com')
  expect([refused.status, refused.code, refused.headers.get('retry-after')]).toEqual([429, 'too_many_requests', '60'])
  const other = await provider.browser()
  expect((await signIn(other, 'nobody@example.com')).status).toBe(422)
  expect((await signIn(other, 'nobody@example.com')).status).toBe(422)
  expect((await signIn(other, 'nobody@example.com')).status).toBe(429)
  provider.pass(1)
  expect((await signIn(browser, 'nobody@example.com')).status).toBe(422)
})

test('a sign-up that is changed counts as one that is begun: it may send a code, and digests a password', async () => {
  await start({ authentication: { attemptsPerMinute: { browser: 3, address: 600 } } })
  const browser = await provider.browser()
  const begun = await browser.post('/client/sign_ups', { email_address: 'ada@example.com' })
  const change = () => browser.patch(`/client/sign_ups/${String(begun.response['id'])}`, { first_name: 'Ada' })
  expect([(await change()).status, (await change()).status, (await change()).status]).toEqual([200, 200, 429])
})
