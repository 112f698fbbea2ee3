// Sign-up by e-mail code and password, as the default settings have it.

import { afterAll, beforeAll, expect, test } from 'vitest'

import { openDatabase } from '../../state/database/database.ts'
import { type Answered, type Browser, type Provider, startProvider } from '../browser.test-support.ts'

let provider: Provider

beforeAll(async () => {
  provider = await startProvider()
})

afterAll(async () => {
  await provider.stop()
})

const password = 'correct horse battery'
let people = 0
const newEmail = () => `signer-${(people += 1)}@example.com`
const idOf = ({ response }: Answered) => String(response['id'])

async function begun(browser: Browser, email: string): Promise<string> {
  const created = await browser.post('/client/sign_ups', { email_address: email, password })
  return `/client/sign_ups/${idOf(created)}`
}

async function prepared(browser: Browser, email: string): Promise<string> {
  const path = await begun(browser, email)
  await browser.post(`${path}/prepare_verification`, { strategy: 'email_code' })
  return path
}

test('the time zone of the browser comes with the beginning of a sign-up and becomes the user’s', async () => {
  const browser = await provider.browser()
  const form = { email_address: newEmail(), password, timezone: 'Europe/Zurich' }
  const path = `/client/sign_ups/${idOf(await browser.post('/client/sign_ups', form))}`
  await browser.patch(path, { timezone: 'Asia/Tokyo' })
  await browser.post(`${path}/prepare_verification`, { strategy: 'email_code' })
  const code = await provider.codeSentTo(form.email_address)
  const done = await browser.post(`${path}/attempt_verification`, { strategy: 'email_code', code })
  expect(done.client).toMatchObject({ sessions: [{ user: { timezone: 'Europe/Zurich' } }] })
})

test('before it is prepared a verification has no strategy, and afterwards it waits for a code', async () => {
  const browser = await provider.browser()
  const email = newEmail()
  const created = await browser.post('/client/sign_ups', { email_address: email, password, unsafe_metadata: '{"a":1}' })
  expect(created.response).toMatchObject({
    object: 'sign_up_attempt',
    status: 'missing_requirements',
    email_address: email,
    password_enabled: true,
    required_fields: ['email_address', 'password'],
    missing_fields: [],
    unverified_fields: ['email_address'],
    unsafe_metadata: { a: 1 },
    verifications: {
      email_address: {
        status: 'unverified',
        strategy: null,
        next_action: 'needs_prepare',
        supported_strategies: ['email_code'],
      },
    },
  })
  expect(created.client).toMatchObject({ sign_up: { id: idOf(created) } })
  const path = `/client/sign_ups/${idOf(created)}/prepare_verification`
  const { response } = await browser.post(path, { strategy: 'email_code' })
  expect(response).toMatchObject({
    verifications: { email_address: { status: 'unverified', strategy: 'email_code', next_action: 'needs_attempt' } },
  })
})

test('the right code makes a user and a session, and the client has no sign-up any more', async () => {
  const browser = await provider.browser()
  const email = newEmail()
  const path = await prepared(browser, email)
  const code = await provider.codeSentTo(email)
  const done = await browser.post(`${path}/attempt_verification`, { strategy: 'email_code', code })
  expect(done.response).toMatchObject({
    status: 'complete',
    created_session_id: expect.stringMatching(/^sess_/) as unknown,
    created_user_id: expect.stringMatching(/^user_/) as unknown,
  })
  expect(done.client).toMatchObject({
    sign_up: null,
    last_active_session_id: done.response['created_session_id'],
    last_authentication_strategy: 'password',
    sessions: [
      {
        status: 'active',
        user: {
          password_enabled: true,
          email_addresses: [{ email_address: email, verification: { status: 'verified', strategy: 'email_code' } }],
        },
        last_active_token: { jwt: expect.stringMatching(/^ey/) as unknown },
      },
    ],
  })
  expect((await provider.eventTypes()).slice(-2)).toEqual(['user.created', 'session.created'])
})

test('wrong codes are refused and counted, and the fifth is the last', async () => {
  const browser = await provider.browser()
  const email = newEmail()
  const path = await prepared(browser, email)
  const code = await provider.codeSentTo(email)
  const wrong = code === '111111' ? '222222' : '111111'
  const attempt = (shown: string) =>
    browser.post(`${path}/attempt_verification`, { strategy: 'email_code', code: shown })
  for (let tries = 1; tries <= 5; tries += 1) {
    const refused = await attempt(wrong)
    expect([refused.status, refused.code, refused.error['meta']]).toEqual([
      422,
      'form_code_incorrect',
      { param_name: 'code' },
    ])
    expect((await browser.get(path)).response).toMatchObject({ verifications: { email_address: { attempts: tries } } })
  }
  expect((await attempt(code)).code).toBe('verification_failed')
  await browser.post(`${path}/prepare_verification`, { strategy: 'email_code' })
  expect((await attempt(await provider.codeSentTo(email))).response).toMatchObject({ status: 'complete' })
})

test('a code is over after ten minutes', async () => {
  const browser = await provider.browser()
  const email = newEmail()
  const path = await prepared(browser, email)
  const code = await provider.codeSentTo(email)
  provider.pass(10)
  const refused = await browser.post(`${path}/attempt_verification`, { strategy: 'email_code', code })
  expect([refused.status, refused.code]).toEqual([400, 'verification_expired'])
  expect((await browser.get(path)).response).toMatchObject({
    verifications: { email_address: { status: 'expired', next_action: 'needs_prepare' } },
  })
})

test('two tabs with one code make one user and one session', async () => {
  const browser = await provider.browser()
  const email = newEmail()
  const path = await prepared(browser, email)
  const form = { strategy: 'email_code', code: await provider.codeSentTo(email) }
  const answers = await Promise.all([1, 2, 3].map(() => browser.post(`${path}/attempt_verification`, form)))
  expect(answers.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 400, 400])
  expect((await browser.get('/client')).response).toMatchObject({ sessions: [{ status: 'active' }] })
  expect(((await browser.get('/client')).response['sessions'] as unknown[]).length).toBe(1)
})

test('a test address takes the well-known code and is sent nothing', async () => {
  const browser = await provider.browser()
  const email = 'grace+clerk_test@example.com'
  const path = await prepared(browser, email)
  expect(await provider.messagesTo(email)).toEqual([])
  const done = await browser.post(`${path}/attempt_verification`, { strategy: 'email_code', code: '424242' })
  expect(done.response).toMatchObject({ status: 'complete' })
})

test('an address that somebody has is refused at once, at its field', async () => {
  const email = newEmail()
  await provider.backend('POST', '/users', { email_address: [email], password })
  const refused = await (
    await provider.browser()
  ).post('/client/sign_ups', { email_address: email.toUpperCase(), password })
  expect([refused.status, refused.code, refused.error['meta']]).toEqual([
    422,
    'form_identifier_exists',
    { param_name: 'email_address' },
  ])
})

test('an address that is taken between the code and its attempt leaves no second user, and the code unused', async () => {
  const browser = await provider.browser()
  const email = newEmail()
  const path = await prepared(browser, email)
  await provider.backend('POST', '/users', { email_address: [email], password })
  const code = await provider.codeSentTo(email)
  const refused = await browser.post(`${path}/attempt_verification`, { strategy: 'email_code', code })
  expect(refused.code).toBe('form_identifier_exists')
  expect((await browser.get(path)).response).toMatchObject({
    status: 'missing_requirements',
    unverified_fields: ['email_address'],
  })
})

test('a changed address has to be proven anew', async () => {
  const browser = await provider.browser()
  const path = await prepared(browser, newEmail())
  const changed = await browser.patch(path, { email_address: newEmail() })
  expect(changed.response).toMatchObject({
    verifications: { email_address: { strategy: null, next_action: 'needs_prepare' } },
  })
  const refused = await browser.post(`${path}/attempt_verification`, { strategy: 'email_code', code: '123456' })
  expect(refused.code).toBe('verification_missing')
})

test('a code that went to one address proves no other, although the change came between the sending and the keeping', async () => {
  const browser = await provider.browser()
  const [hers, anothers] = [newEmail(), newEmail()]
  const path = await begun(browser, hers)
  const own = openDatabase(provider.database.url('tenon_clerk'), () => undefined)
  const preparing = await own.transaction(async (db) => {
    await db.query('update clerk.sign_ups set email_address = $1 where email_address = $2', [anothers, hers])
    const asked = browser.post(`${path}/prepare_verification`, { strategy: 'email_code' })
    await expect.poll(async () => (await provider.messagesTo(hers)).length).toBe(1)
    return { asked }
  })
  await preparing.asked
  await own.close()
  const form = { strategy: 'email_code', code: await provider.codeSentTo(hers) }
  expect((await browser.post(`${path}/attempt_verification`, form)).response).toMatchObject({
    status: 'missing_requirements',
    email_address: anothers,
    unverified_fields: ['email_address'],
  })
})

test('the password may come later, and completes it', async () => {
  const browser = await provider.browser()
  const email = newEmail()
  const created = await browser.post('/client/sign_ups', { email_address: email, strategy: 'email_code' })
  const path = `/client/sign_ups/${idOf(created)}`
  const form = { strategy: 'email_code', code: await provider.codeSentTo(email) }
  const proven = await browser.post(`${path}/attempt_verification`, form)
  expect(proven.response).toMatchObject({
    status: 'missing_requirements',
    missing_fields: ['password'],
    unverified_fields: [],
  })
  expect((await browser.patch(path, { password, first_name: 'Ada' })).response).toMatchObject({ status: 'complete' })
})

test.each<[param: string, form: Record<string, string>, code: string]>([
  ['email_address', { email_address: 'nobody' }, 'form_param_format_invalid'],
  ['password', { password: 'short' }, 'form_password_length_too_short'],
  ['password', { password: 'x'.repeat(73) }, 'form_password_length_too_long'],
  ['phone_number', { phone_number: '+12015550123' }, 'form_param_unknown'],
  ['username', { username: 'ada_lovelace' }, 'form_param_unknown'],
  ['unsafe_metadata', { unsafe_metadata: 'no json' }, 'form_param_type_invalid'],
  ['unsafe_metadata', { unsafe_metadata: `{"a":"${'x'.repeat(8200)}"}` }, 'form_param_exceeds_allowed_size'],
  ['strategy', { email_address: 'strategy@example.com', strategy: 'smoke_signals' }, 'form_param_value_invalid'],
])('%s is refused: %j', async (param, form, code) => {
  const refused = await (await provider.browser()).post('/client/sign_ups', form)
  expect([refused.status, refused.code, refused.error['meta']]).toEqual([422, code, { param_name: param }])
})

test('a sign-up belongs to its browser, and is abandoned after a day', async () => {
  const browser = await provider.browser()
  const path = await begun(browser, newEmail())
  expect((await (await provider.browser()).get(path)).status).toBe(404)
  provider.pass(24 * 60)
  expect((await browser.get(path)).status).toBe(404)
  expect((await browser.get('/client')).response).toMatchObject({ sign_up: null })
})
