// Codes and links by themselves: how often one may try, once used, when over.

import { afterAll, beforeAll, expect, test } from 'vitest'

import { createTestDatabase, type TestDatabase } from '../../../../testing/src/template-database.ts'
import { environmentResource } from '../../frontend-api/resources/environment.ts'
import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { type ClerkDatabase, openDatabase } from '../../state/database/database.ts'
import { type Instance, openInstance } from '../../state/instance/instance.ts'
import { migrate } from '../../state/migrations/migrate.ts'
import { findVerification, findVerificationBySecret } from '../../state/sessions/verifications.ts'
import { mostAttempts, requireRightCode, requireSettled } from './require-right-code.ts'
import { startCode } from './start-code.ts'
import { startLink } from './start-link.ts'

const minute = 60_000

let database: TestDatabase
let own: ClerkDatabase
let instance: Instance
let clock = Date.now()

beforeAll(async () => {
  database = await createTestDatabase()
  own = openDatabase(database.url('tenon_clerk'), () => undefined)
  await migrate(own)
  const configured = { name: 'default', domain: 'verify.local.clerk.accounts.dev', secretKey: 'sk_test_verification' }
  const surroundings = { now: () => clock, frontendApiUrl: () => 'http://localhost:4000' }
  instance = await openInstance(own, configured, surroundings)
})

afterAll(async () => {
  await own.close()
  await database.drop()
})

let recipients = 0
const newRecipient = () => `verified-${(recipients += 1)}@example.com`

const start = (recipient = newRecipient()) =>
  startCode(instance, instance.store, {
    strategy: 'email_code',
    channel: 'email',
    recipient,
    userId: null,
    clientId: null,
  })

async function messagesTo(recipient: string): Promise<readonly { slug: string; data: Record<string, string> }[]> {
  return own.query('select slug, data from clerk.messages where recipient = $1 order by position', [recipient])
}

async function sentCode(): Promise<{ readonly id: string; readonly code: string; readonly wrong: string }> {
  const recipient = newRecipient()
  const { id } = await start(recipient)
  const code = String((await messagesTo(recipient)).at(-1)?.data['otp_code'])
  return { id, code, wrong: code === '000000' ? '000001' : '000000' }
}

const attempt = (id: string, code: string) =>
  requireRightCode(instance.store, id, code).then((proof) => instance.store.atomically((store) => proof.spend(store)))

async function refusalOf(work: Promise<unknown>): Promise<string | undefined> {
  try {
    await work
    return undefined
  } catch (error) {
    if (error instanceof ClerkRefusal) return error.code
    throw error
  }
}

test('a letter calls the application what its components call it', async () => {
  const recipient = newRecipient()
  await start(recipient)
  const [letter] = await messagesTo(recipient)
  const environment = environmentResource(instance, (await instance.snapshot()).settings, null)
  expect(letter?.data['app_name']).toBe('Verify')
  expect(environment).toMatchObject({ display_config: { application_name: 'Verify' } })
})

test('a code verifies once', async () => {
  const { id, code } = await sentCode()
  expect(await attempt(id, code)).toMatchObject({ status: 'verified', strategy: 'email_code', attempts: 1 })
  expect(await refusalOf(attempt(id, code))).toBe('verification_already_verified')
})

test('of two right attempts at once one is refused', async () => {
  const { id, code } = await sentCode()
  const outcomes = await Promise.all([refusalOf(attempt(id, code)), refusalOf(attempt(id, code))])
  expect(outcomes.sort()).toEqual(['verification_already_verified', undefined])
})

test('wrong codes are counted and end the verification, also for the right code', async () => {
  const { id, code, wrong } = await sentCode()
  for (let tries = 0; tries < mostAttempts; tries += 1)
    expect(await refusalOf(attempt(id, wrong))).toBe('form_code_incorrect')
  expect(await findVerification(instance.store, id)).toMatchObject({ status: 'failed', attempts: mostAttempts })
  expect(await refusalOf(attempt(id, code))).toBe('verification_failed')
})

test('many guesses at once get no more attempts than one after the other', async () => {
  const { id, wrong } = await sentCode()
  const outcomes = await Promise.all(Array.from({ length: 12 }, () => refusalOf(attempt(id, wrong))))
  expect(outcomes.filter((code) => code === 'form_code_incorrect')).toHaveLength(mostAttempts)
})

test('a code expires after ten minutes', async () => {
  const { id, code } = await sentCode()
  clock += 10 * minute
  expect(await findVerification(instance.store, id)).toMatchObject({ status: 'expired' })
  expect(await refusalOf(attempt(id, code))).toBe('verification_expired')
})

test('an unknown verification cannot be attempted', async () => {
  expect(await refusalOf(attempt('ver_none', '424242'))).toBe('verification_missing')
})

test('a test recipient gets no message and accepts the well-known code', async () => {
  const { id } = await start('ada+clerk_test@example.com')
  expect(await messagesTo('ada+clerk_test@example.com')).toEqual([])
  expect(await attempt(id, '424242')).toMatchObject({ status: 'verified' })
})

test('messages that are asked for at the same moment are counted, too', async () => {
  const recipient = newRecipient()
  const outcomes = await Promise.all(Array.from({ length: 25 }, () => refusalOf(start(recipient))))
  expect(outcomes.filter((code) => code === 'too_many_requests')).toHaveLength(15)
  expect(await messagesTo(recipient)).toHaveLength(10)
})

test('outside of test mode a test recipient is one like any other', async () => {
  await instance.changeSettings({ testMode: false })
  const recipient = 'bombed+clerk_test@example.com'
  for (let sent = 0; sent < 10; sent += 1) await start(recipient)
  expect(await refusalOf(start(recipient))).toBe('too_many_requests')
  await instance.changeSettings({ testMode: true })
  expect(await refusalOf(start(recipient))).toBeUndefined()
})

test('an eleventh message within ten minutes is refused, and says when to come back', async () => {
  const recipient = newRecipient()
  for (let sent = 0; sent < 10; sent += 1) await start(recipient)
  clock += minute
  const refused = await start(recipient).catch((error: unknown) => error)
  expect(refused).toMatchObject({ code: 'too_many_requests', detail: { retryAfterSeconds: 540 } })
  clock += 9 * minute
  expect(await start(recipient)).toMatchObject({ status: 'unverified' })
})

test('a link is found by its token, and opened once', async () => {
  const emailAddress = newRecipient()
  const redirectUrl = new URL('http://localhost:3000/verify')
  const request = { emailAddress, userId: null, clientId: 'client_1', redirectUrl }
  const { id } = await startLink(instance, instance.store, request)
  const [letter] = await messagesTo(emailAddress)
  const link = new URL(String(letter?.data['magic_link']))
  expect(link.href).toContain('http://localhost:4000/v1/verify?token=')
  const found = await findVerificationBySecret(instance.store, link.searchParams.get('token') ?? '')
  expect(found).toMatchObject({ id, clientId: 'client_1', detail: { redirect_url: 'http://localhost:3000/verify' } })
  expect(await requireSettled(instance.store, id)).toMatchObject({ status: 'verified' })
  expect(await refusalOf(requireSettled(instance.store, id))).toBe('verification_already_verified')
})
