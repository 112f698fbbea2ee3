// Second factors at sign-in: authenticator apps, backup codes, and codes to a reserved number.

import { TOTP } from 'otpauth'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { type Answered, type Browser, type Provider, startProvider } from '../browser.test-support.ts'

let provider: Provider

beforeAll(async () => {
  provider = await startProvider({
    authentication: {
      phoneNumber: { asked: 'optional', signIn: false, verifyAtSignUp: true, secondFactor: true },
      lockout: { attempts: 3, minutes: 30 },
    },
  })
})

afterAll(async () => {
  await provider.stop()
})

const password = 'correct horse battery'
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
let people = 0

async function somebody(more: object = {}): Promise<{ readonly email: string; readonly id: string }> {
  const email = `twice-${(people += 1)}@example.com`
  const { id } = await provider.backend('POST', '/users', { email_address: [email], password, ...more })
  return { email, id: String(id) }
}

const codeNow = () => new TOTP({ secret }).generate({ timestamp: provider.now() })

async function halfWay(browser: Browser, email: string): Promise<Answered> {
  return browser.post('/client/sign_ins', { identifier: email, strategy: 'password', password })
}

const attempt = (browser: Browser, half: Answered, form: Record<string, string>) =>
  browser.post(`/client/sign_ins/${String(half.response['id'])}/attempt_second_factor`, form)

test('after the password the code of the app is asked for, and completes the sign-in with both factors fresh', async () => {
  const { email } = await somebody({ totp_secret: secret })
  const browser = await provider.browser()
  const half = await halfWay(browser, email)
  expect(half.response).toMatchObject({
    status: 'needs_second_factor',
    supported_second_factors: [{ strategy: 'totp' }],
    first_factor_verification: { status: 'verified', strategy: 'password' },
    created_session_id: null,
  })
  expect(half.client).toMatchObject({ sessions: [], sign_in: { status: 'needs_second_factor' } })
  const done = await attempt(browser, half, { strategy: 'totp', code: codeNow() })
  expect(done.response).toMatchObject({
    status: 'complete',
    second_factor_verification: { status: 'verified', strategy: 'totp', object: 'verification_totp' },
  })
  expect(done.client).toMatchObject({
    last_authentication_strategy: 'password',
    sessions: [{ factor_verification_age: [0, 0] }],
  })
})

test('one code signs in once', async () => {
  const { email } = await somebody({ totp_secret: secret })
  const [one, other] = [await provider.browser(), await provider.browser()]
  const [first, second] = [await halfWay(one, email), await halfWay(other, email)]
  const form = { strategy: 'totp', code: codeNow() }
  const answers = await Promise.all([attempt(one, first, form), attempt(other, second, form)])
  expect(answers.map(({ code }) => code ?? 'done').toSorted()).toEqual(['done', 'form_code_incorrect'])
})

test('wrong codes lock the account although the password was right each time', async () => {
  const { email } = await somebody({ totp_secret: secret })
  const wrong = async () => {
    const browser = await provider.browser()
    const half = await halfWay(browser, email)
    return half.code ?? (await attempt(browser, half, { strategy: 'totp', code: '000000' })).code
  }
  expect([await wrong(), await wrong(), await wrong(), await wrong()]).toEqual([
    'form_code_incorrect',
    'form_code_incorrect',
    'user_locked',
    'user_locked',
  ])
})

test('a backup code stands in for the app, once', async () => {
  const { email } = await somebody({ totp_secret: secret, backup_codes: ['Rescue12', 'rescue34'] })
  const browser = await provider.browser()
  const half = await halfWay(browser, email)
  expect(half.response).toMatchObject({ supported_second_factors: [{ strategy: 'totp' }, { strategy: 'backup_code' }] })
  const done = await attempt(browser, half, { strategy: 'backup_code', code: ' Rescue12 ' })
  expect(done.response).toMatchObject({ status: 'complete' })
  const again = await provider.browser()
  const form = { strategy: 'backup_code', code: 'Rescue12' }
  expect((await attempt(again, await halfWay(again, email), form)).code).toBe('form_code_incorrect')
})

test('a code goes to the number that is reserved for it', async () => {
  const { email, id } = await somebody()
  const number = { user_id: id, phone_number: '+12015551234', verified: true, reserved_for_second_factor: true }
  const { id: numberId } = await provider.backend('POST', '/phone_numbers', number)
  const browser = await provider.browser()
  const half = await halfWay(browser, email)
  expect(half.response).toMatchObject({
    status: 'needs_second_factor',
    supported_second_factors: [
      { strategy: 'phone_code', phone_number_id: numberId, safe_identifier: '+*********34', default: true },
    ],
  })
  expect((await attempt(browser, half, { strategy: 'phone_code', code: '123456' })).code).toBe('verification_missing')
  const path = `/client/sign_ins/${String(half.response['id'])}/prepare_second_factor`
  const prepared = await browser.post(path, { strategy: 'phone_code', phone_number_id: String(numberId) })
  expect(prepared.response).toMatchObject({
    second_factor_verification: { status: 'unverified', strategy: 'phone_code' },
  })
  const form = { strategy: 'phone_code', code: await provider.codeSentTo('+12015551234') }
  expect((await attempt(browser, half, form)).response).toMatchObject({ status: 'complete' })
})

test('a second factor that is not hers, is unknown or comes too early is refused', async () => {
  const { email } = await somebody({ totp_secret: secret })
  const browser = await provider.browser()
  const half = await halfWay(browser, email)
  const refused = async (form: Record<string, string>) => (await attempt(browser, half, form)).code
  expect(await refused({ strategy: 'backup_code', code: 'rescue12' })).toBe('strategy_for_user_invalid')
  expect(await refused({ strategy: 'password', password })).toBe('form_param_value_invalid')
  const early = await browser.post('/client/sign_ins', { identifier: email })
  expect((await attempt(browser, early, { strategy: 'totp', code: codeNow() })).code).toBe('client_state_invalid')
  const path = `/client/sign_ins/${String(half.response['id'])}/prepare_second_factor`
  expect((await browser.post(path, { strategy: 'totp' })).code).toBe('strategy_for_user_invalid')
})

test('after a forgotten password the second factor is still asked for', async () => {
  const { email } = await somebody({ totp_secret: secret })
  const browser = await provider.browser()
  const strategy = 'reset_password_email_code'
  const created = await browser.post('/client/sign_ins', { identifier: email, strategy })
  const path = `/client/sign_ins/${String(created.response['id'])}`
  await browser.post(`${path}/attempt_first_factor`, { strategy, code: await provider.codeSentTo(email) })
  const reset = await browser.post(`${path}/reset_password`, { password: 'another long one' })
  expect(reset.response).toMatchObject({ status: 'needs_second_factor', created_session_id: null })
})
