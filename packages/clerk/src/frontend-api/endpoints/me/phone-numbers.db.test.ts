import { afterAll, beforeAll, expect, test } from 'vitest'

import { type Browser, type SignedInProvider, startSignedIn } from '../../signed-in.test-support.ts'

let provider: SignedInProvider

beforeAll(async () => {
  const phoneNumber = { asked: 'optional', signIn: true, verifyAtSignUp: true, secondFactor: true } as const
  const emailAddress = {
    asked: 'optional',
    signIn: true,
    strategies: ['email_code'] as const,
    verifyAtSignUp: true,
  } as const
  provider = await startSignedIn({ authentication: { phoneNumber, emailAddress } })
})

afterAll(() => provider.stop())

let people = 0
const somebody = (): Promise<Browser> => provider.signedIn({ email_address: [`caller-${(people += 1)}@example.com`] })

async function added(browser: Browser, phoneNumber: string): Promise<string> {
  return String((await browser.post('/me/phone_numbers/', { phone_number: phoneNumber })).response['id'])
}

async function verified(browser: Browser, phoneNumber: string): Promise<string> {
  const id = await added(browser, phoneNumber)
  await browser.post(`/me/phone_numbers/${id}/prepare_verification`, { strategy: 'phone_code' })
  const { otp_code: code } = (await provider.lastMessage(phoneNumber)) ?? {}
  const answer = await browser.post(`/me/phone_numbers/${id}/attempt_verification`, { code: String(code) })
  expect(answer.response).toMatchObject({
    object: 'phone_number',
    phone_number: phoneNumber,
    verification: { status: 'verified', strategy: 'phone_code' },
  })
  return id
}

const change = (browser: Browser, id: string, form: Record<string, string>) =>
  browser.ask(`/me/phone_numbers/${id}`, { method: 'PATCH', form })

test('a number is added, verified by a text message, and made a second factor with backup codes', async () => {
  const ada = await somebody()
  const id = await verified(ada, '+4915112345601')
  const events = await provider.eventsOf(async () => {
    const { response, body } = await change(ada, id, { reserved_for_second_factor: 'true' })
    expect(response).toMatchObject({ reserved_for_second_factor: true, default_second_factor: true })
    expect(response['backup_codes']).toHaveLength(10)
    expect(body['client']).toMatchObject({
      sessions: [{ user: { two_factor_enabled: true, backup_code_enabled: true } }],
    })
  })
  expect(events).toEqual(['user.updated'])
  const off = await change(ada, id, { reserved_for_second_factor: 'false' })
  expect(off.response).toMatchObject({ reserved_for_second_factor: false, default_second_factor: false })
  expect((await ada.ask('/me')).response).toMatchObject({ two_factor_enabled: false, backup_code_enabled: false })
})

test('a second number brings no new codes and can become the one that is asked first', async () => {
  const ada = await somebody()
  const first = await verified(ada, '+4915112345602')
  const second = await verified(ada, '+4915112345603')
  await change(ada, first, { reserved_for_second_factor: 'true' })
  const { response } = await change(ada, second, { reserved_for_second_factor: 'true' })
  expect(response).toMatchObject({ backup_codes: null, default_second_factor: false })
  const made = await change(ada, second, { default_second_factor: 'true' })
  expect(made.response['default_second_factor']).toBe(true)
  expect((await ada.ask(`/me/phone_numbers/${first}`)).response['default_second_factor']).toBe(false)
})

test('a number that is not verified is no second factor, and one that is none is no default', async () => {
  const ada = await somebody()
  const id = await added(ada, '+4915112345604')
  expect((await change(ada, id, { reserved_for_second_factor: 'true' })).code).toBe('identification_update_failed')
  expect((await change(ada, id, { default_second_factor: 'true' })).code).toBe('identification_update_failed')
})

test('the last identifier is no second factor', async () => {
  const ada = await provider.signedIn({ phone_number: ['+4915112345605'] })
  const id = String((await ada.ask('/me')).response['primary_phone_number_id'])
  const answer = await change(ada, id, { reserved_for_second_factor: 'true' })
  expect(answer).toMatchObject({ status: 400, code: 'identification_set_for2_f_a_failed_code' })
  expect((await ada.ask(`/me/phone_numbers/${id}`, { method: 'DELETE' })).code).toBe('identification_deletion_failed')
})

test('the number that is deleted takes the backup codes with it when it was the last second factor', async () => {
  const ada = await somebody()
  const id = await verified(ada, '+4915112345606')
  await change(ada, id, { reserved_for_second_factor: 'true' })
  expect((await ada.ask(`/me/phone_numbers/${id}`, { method: 'DELETE' })).response['deleted']).toBe(true)
  expect((await ada.ask('/me')).response).toMatchObject({ phone_numbers: [], backup_code_enabled: false })
})

test('somebody else’s number is unknown, a proven one taken, and stale sessions add none', async () => {
  const [ada, bob] = [await somebody(), await somebody()]
  const id = await verified(ada, '+4915112345607')
  expect((await change(bob, id, { reserved_for_second_factor: 'true' })).status).toBe(404)
  expect((await bob.post('/me/phone_numbers/', { phone_number: '+4915112345607' })).code).toBe('form_identifier_exists')
  expect((await bob.post('/me/phone_numbers/', { phone_number: '12345' })).code).toBe('form_param_format_invalid')
  provider.pass(11)
  expect((await bob.post('/me/phone_numbers/', { phone_number: '+4915112345608' })).code).toBe(
    'session_reverification_required',
  )
})
