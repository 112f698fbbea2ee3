import { TOTP } from 'otpauth'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { useTotpCode } from '../../../proof/factors/use-totp.ts'
import { type Browser, type SignedInProvider, startSignedIn } from '../../signed-in.test-support.ts'

let provider: SignedInProvider
let required: SignedInProvider

beforeAll(async () => {
  provider = await startSignedIn({ applicationName: 'Tasks' })
  required = await startSignedIn({ authentication: { secondFactorRequired: true, backupCode: false } })
})

afterAll(async () => {
  await provider.stop()
  await required.stop()
})

const codeOf = (secret: unknown, at = provider): string =>
  new TOTP({ secret: String(secret) }).generate({ timestamp: at.store.now() })

async function withApp(browser: Browser): Promise<{ readonly secret: string; readonly codes: readonly string[] }> {
  const secret = String((await browser.post('/me/totp')).response['secret'])
  const { response } = await browser.post('/me/totp/attempt_verification', { code: codeOf(secret) })
  return { secret, codes: response['backup_codes'] as readonly string[] }
}

test('an authenticator app is shown its secret and counts once a code of it was shown', async () => {
  const ada = await provider.signedIn({ email_address: ['ada@example.com'] })
  const { response } = await ada.post('/me/totp')
  expect(response).toMatchObject({ object: 'totp', verified: false, secret: expect.stringMatching(/^[A-Z2-7]{32}$/) })
  expect(response['uri']).toMatch(/^otpauth:\/\/totp\/Tasks:ada%40example\.com\?/)
  expect((await ada.ask('/me')).response['totp_enabled']).toBe(false)
  const wrong = await ada.post('/me/totp/attempt_verification', { code: '000' })
  expect(wrong).toMatchObject({ status: 422, code: 'form_code_incorrect' })
  const events = await provider.eventsOf(async () => {
    const right = await ada.post('/me/totp/attempt_verification', { code: codeOf(response['secret']) })
    expect(right.response).toMatchObject({ object: 'totp', verified: true, secret: null })
    expect(right.response['backup_codes']).toHaveLength(10)
    const session = (right.body['client'] as { sessions: Record<string, unknown>[] }).sessions[0]
    expect(session?.['factor_verification_age']).toEqual([0, 0])
    expect(session?.['user']).toMatchObject({ totp_enabled: true, two_factor_enabled: true, backup_code_enabled: true })
  })
  expect(events).toEqual(['user.updated'])
})

test('there is one app at most, and none is verified that was not created', async () => {
  const ada = await provider.signedIn({ email_address: ['one@example.com'] })
  expect((await ada.post('/me/totp/attempt_verification', { code: '123456' })).code).toBe('verification_missing')
  expect((await ada.ask('/me/totp', { method: 'DELETE' })).code).toBe('totp_not_configured')
  await withApp(ada)
  expect((await ada.post('/me/totp')).code).toBe('totp_already_enabled')
})

test('a code is taken once, the one that turned the app on included', async () => {
  const ada = await provider.signedIn({ email_address: ['replay@example.com'] })
  const { secret } = await withApp(ada)
  expect(await useTotpCode(provider.store, ada.userId, codeOf(secret))).toBe(false)
  provider.pass(1)
  expect(await useTotpCode(provider.store, ada.userId, codeOf(secret))).toBe(true)
  expect(await useTotpCode(provider.store, ada.userId, codeOf(secret))).toBe(false)
})

test('the last second factor takes the backup codes with it', async () => {
  const ada = await provider.signedIn({ email_address: ['off@example.com'] })
  await withApp(ada)
  const events = await provider.eventsOf(async () => {
    const { response } = await ada.ask('/me/totp', { method: 'DELETE' })
    expect(response).toMatchObject({ object: 'totp', deleted: true })
  })
  expect(events).toEqual(['user.updated'])
  expect((await ada.ask('/me')).response).toMatchObject({
    totp_enabled: false,
    two_factor_enabled: false,
    backup_code_enabled: false,
    mfa_disabled_at: expect.any(Number),
  })
})

test('new backup codes void the old ones, and stand in for nothing without another factor', async () => {
  const ada = await provider.signedIn({ email_address: ['codes@example.com'] })
  expect((await ada.post('/me/backup_codes/')).code).toBe('backup_codes_not_available_code')
  const { codes } = await withApp(ada)
  const { response } = await ada.post('/me/backup_codes/')
  const fresh = response['codes'] as string[]
  expect(fresh).toHaveLength(10)
  const verify = (code: string | undefined) => provider.backend('POST', `/users/${ada.userId}/verify_totp`, { code })
  expect(await verify(codes[0])).toMatchObject({ errors: [{ code: 'form_code_incorrect' }] })
  expect(await verify(fresh[0])).toMatchObject({ verified: true, code_type: 'backup_code' })
})

test('second factors are changed by recently verified sessions alone', async () => {
  const ada = await provider.signedIn({ email_address: ['gate@example.com'] })
  await withApp(ada)
  provider.pass(11)
  for (const ask of [ada.post('/me/totp'), ada.post('/me/backup_codes/'), ada.ask('/me/totp', { method: 'DELETE' })]) {
    expect((await ask).code).toBe('session_reverification_required')
  }
})

test('an open session is verified again by the app, whose code is taken once', async () => {
  const ada = await provider.signedIn({ email_address: ['again@example.com'] })
  const { secret, codes } = await withApp(ada)
  provider.pass(11)
  const verify = (action: string, form: Record<string, string>) =>
    ada.post(`/client/sessions/${ada.sessionId}/verify${action}`, form)
  const attempt = (strategy: string, code = '') => verify('/attempt_second_factor', { strategy, code })
  const { response } = await verify('', { level: 'second_factor' })
  expect(response).toMatchObject({
    status: 'needs_second_factor',
    supported_second_factors: [{ strategy: 'totp' }, { strategy: 'backup_code' }],
  })
  const code = codeOf(secret)
  expect((await attempt('totp', code)).response).toMatchObject({
    status: 'complete',
    session: { factor_verification_age: [11, 0] },
  })
  await verify('', { level: 'second_factor' })
  expect((await attempt('totp', code)).code).toBe('form_code_incorrect')
  expect((await attempt('backup_code', codes[0])).response['status']).toBe('complete')
  await verify('', { level: 'second_factor' })
  expect((await attempt('backup_code', codes[0])).code).toBe('form_code_incorrect')
})

test('a session that waits for a second factor becomes active with the app', async () => {
  const ada = await required.signedIn({ email_address: ['pending@example.com'] })
  await required.database.query(
    `update clerk.sessions set status = 'pending' where id = '${ada.sessionId}'`,
    'supabase_admin',
  )
  const { response } = await ada.post('/me/totp')
  const right = await ada.post('/me/totp/attempt_verification', { code: codeOf(response['secret'], required) })
  expect(right.response['backup_codes']).toBeNull()
  expect(right.body['client']).toMatchObject({ sessions: [{ status: 'active', tasks: null }] })
})

test('what the instance does not have is refused', async () => {
  const ada = await required.signedIn({ email_address: ['codeless@example.com'] })
  expect((await ada.post('/me/backup_codes/')).code).toBe('feature_not_enabled')
})
