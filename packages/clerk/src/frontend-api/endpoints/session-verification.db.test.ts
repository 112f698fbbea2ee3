import { afterAll, beforeAll, expect, test } from 'vitest'

import { type Answered, type Browser, type SignedInProvider, startSignedIn } from '../signed-in.test-support.ts'

let provider: SignedInProvider

beforeAll(async () => {
  provider = await startSignedIn({
    authentication: {
      phoneNumber: { asked: 'optional', signIn: false, verifyAtSignUp: true, secondFactor: true },
      lockout: { attempts: 3, minutes: 60 },
    },
  })
})

afterAll(() => provider.stop())

let people = 0
const password = 'a password of hers'
const somebody = (): Promise<Browser> =>
  provider.signedIn({ email_address: [`again-${(people += 1)}@example.com`], password })

const verify = (browser: Browser, action = '', form: Record<string, string> = {}): Promise<Answered> =>
  browser.post(`/client/sessions/${browser.sessionId}/verify${action}`, form)

/** A number that is a second factor. */
async function withPhone(browser: Browser, phone_number: string): Promise<string> {
  const body = { user_id: browser.userId, phone_number, verified: true, reserved_for_second_factor: true }
  return String((await provider.backend('POST', '/phone_numbers', body))['id'])
}

const codeTo = async (recipient: string): Promise<string> =>
  String((await provider.lastMessage(recipient))?.['otp_code'])

test('a stale session verifies its first factor by password, and the change goes through', async () => {
  const ada = await somebody()
  provider.pass(11)
  const change = () => ada.ask('/me', { method: 'DELETE' })
  expect((await change()).code).toBe('session_reverification_required')
  const started = await verify(ada, '', { level: 'second_factor' })
  expect(started.response).toMatchObject({
    object: 'session_verification',
    status: 'needs_first_factor',
    level: 'first_factor',
    supported_first_factors: [
      { strategy: 'password' },
      { strategy: 'email_code', safe_identifier: expect.stringMatching(/\*/), email_address_id: expect.any(String) },
    ],
    supported_second_factors: [],
    first_factor_verification: null,
    session: { id: ada.sessionId, factor_verification_age: [11, -1] },
  })
  const attempted = await verify(ada, '/attempt_first_factor', { strategy: 'password', password })
  expect(attempted.response).toMatchObject({
    status: 'complete',
    first_factor_verification: { status: 'verified', strategy: 'password' },
    session: { factor_verification_age: [0, -1] },
  })
  expect((await change()).status).toBe(200)
})

test('the tokens after it say how old the proof is', async () => {
  const ada = await somebody()
  provider.pass(30)
  await verify(ada, '', { level: 'first_factor' })
  await verify(ada, '/attempt_first_factor', { strategy: 'password', password })
  const { body } = await ada.post(`/client/sessions/${ada.sessionId}/tokens`)
  const [, payload = ''] = String(body['jwt']).split('.')
  expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toMatchObject({ fva: [0, -1] })
})

test('a code by e-mail does it too, once', async () => {
  const ada = await somebody()
  const email = `again-${people}@example.com`
  const started = await verify(ada, '', { level: 'first_factor' })
  const [, factor] = started.response['supported_first_factors'] as { email_address_id: string }[]
  const form = { strategy: 'email_code', email_address_id: factor?.email_address_id ?? '' }
  const prepared = await verify(ada, '/prepare_first_factor', form)
  expect(prepared.response['first_factor_verification']).toMatchObject({ status: 'unverified', strategy: 'email_code' })
  const code = await codeTo(email)
  const wrong = { strategy: 'email_code', code: code === '000000' ? '000001' : '000000' }
  expect((await verify(ada, '/attempt_first_factor', wrong)).code).toBe('form_code_incorrect')
  expect((await verify(ada, '/attempt_first_factor', { strategy: 'email_code', code })).response['status']).toBe(
    'complete',
  )
  expect((await verify(ada, '/attempt_first_factor', { strategy: 'email_code', code })).code).toBe(
    'invalid_action_for_session_reverification',
  )
  await verify(ada, '', { level: 'first_factor' })
  expect((await verify(ada, '/attempt_first_factor', { strategy: 'email_code', code })).code).toBe(
    'verification_missing',
  )
})

test('whoever has a second factor is asked for it, and its age alone begins anew', async () => {
  const ada = await somebody()
  const id = await withPhone(ada, '+4915112345701')
  provider.pass(11)
  expect(await ada.ask('/me', { method: 'DELETE' })).toMatchObject({
    code: 'session_reverification_required',
    body: { errors: [{ meta: { reverification: { level: 'second_factor', afterMinutes: 10 } } }] },
  })
  const started = await verify(ada, '', { level: 'second_factor' })
  expect(started.response).toMatchObject({
    status: 'needs_second_factor',
    level: 'second_factor',
    supported_second_factors: [{ strategy: 'phone_code', phone_number_id: id }],
  })
  await verify(ada, '/prepare_second_factor', { strategy: 'phone_code', phone_number_id: id })
  const code = await codeTo('+4915112345701')
  const { response } = await verify(ada, '/attempt_second_factor', { strategy: 'phone_code', code })
  expect(response).toMatchObject({ status: 'complete', session: { factor_verification_age: [11, 0] } })
  expect((await ada.ask('/me', { method: 'DELETE' })).status).toBe(200)
})

test('both factors, one after the other', async () => {
  const ada = await somebody()
  await withPhone(ada, '+4915112345702')
  provider.pass(11)
  expect((await verify(ada, '', { level: 'multi_factor' })).response['status']).toBe('needs_first_factor')
  const first = await verify(ada, '/attempt_first_factor', { strategy: 'password', password })
  expect(first.response).toMatchObject({ status: 'needs_second_factor', session: { factor_verification_age: [0, -1] } })
  await verify(ada, '/prepare_second_factor', { strategy: 'phone_code' })
  const code = await codeTo('+4915112345702')
  const second = await verify(ada, '/attempt_second_factor', { strategy: 'phone_code', code })
  expect(second.response).toMatchObject({ status: 'complete', session: { factor_verification_age: [0, 0] } })
})

test('nothing is prepared or attempted before it is started, nor out of turn', async () => {
  const ada = await somebody()
  const attempt = { strategy: 'password', password }
  expect((await verify(ada, '/attempt_first_factor', attempt)).code).toBe('session_reverification_missing')
  expect((await verify(ada)).code).toBe('form_param_missing')
  expect((await verify(ada, '', { level: 'all' })).code).toBe('form_param_value_invalid')
  await verify(ada, '', { level: 'first_factor' })
  expect((await verify(ada, '/prepare_second_factor', { strategy: 'phone_code' })).code).toBe(
    'invalid_action_for_session_reverification',
  )
  expect((await verify(ada, '/prepare_first_factor', { strategy: 'password' })).code).toBe('strategy_for_user_invalid')
  expect((await verify(ada, '/attempt_first_factor', { strategy: 'email_link' })).code).toBe('form_param_value_invalid')
  expect((await verify(ada, '/attempt_first_factor', { strategy: 'phone_code', code: '1' })).code).toBe(
    'strategy_for_user_invalid',
  )
})

test('wrong passwords lock the account, at the profile as at the sign-in', async () => {
  const ada = await somebody()
  await verify(ada, '', { level: 'first_factor' })
  const wrong = { strategy: 'password', password: 'not this one' }
  const again = { current_password: 'nor that one', new_password: 'quite another one' }
  expect((await verify(ada, '/attempt_first_factor', wrong)).code).toBe('form_password_incorrect')
  expect((await ada.post('/me/change_password', again)).code).toBe('form_password_validation_failed')
  expect((await verify(ada, '/attempt_first_factor', wrong)).code).toBe('user_locked')
  expect((await verify(ada, '/attempt_first_factor', { strategy: 'password', password })).code).toBe('user_locked')
})

test('whoever knows the password has no more guesses at the second factor for it', async () => {
  const ada = await somebody()
  const phone = '+4915112345703'
  await withPhone(ada, phone)
  const guess = async (): Promise<Answered> => {
    await verify(ada, '', { level: 'multi_factor' })
    await verify(ada, '/attempt_first_factor', { strategy: 'password', password })
    await verify(ada, '/prepare_second_factor', { strategy: 'phone_code' })
    const wrong = (await codeTo(phone)) === '000000' ? '000001' : '000000'
    return await verify(ada, '/attempt_second_factor', { strategy: 'phone_code', code: wrong })
  }
  expect([(await guess()).code, (await guess()).code, (await guess()).code]).toEqual([
    'form_code_incorrect',
    'form_code_incorrect',
    'user_locked',
  ])
})

test('another client’s session is not verified from here', async () => {
  const [ada, bob] = [await somebody(), await somebody()]
  const answer = await bob.post(`/client/sessions/${ada.sessionId}/verify`, { level: 'first_factor' })
  expect(answer).toMatchObject({ status: 404, code: 'resource_not_found' })
})
