// The session task of an instance that requires second factors: <SignIn/> leads to it, and the session is pending until
// it is done.

import { TOTP } from 'otpauth'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { startTestClerk, type TestClerk } from '../clerk-backend/running-clerk.ts'
import { openVisitors } from './chromium/visitors.ts'
import { show } from './clerk-page/person-on-page.ts'
import { type ClerkPage, serveClerkPage } from './clerk-page/serve-clerk-page.ts'

const password = 'a password of hers'
const visit = openVisitors()

let clerk: TestClerk
let served: ClerkPage

beforeAll(async () => {
  const domain = 'required.local.clerk.accounts.dev'
  const authentication = { secondFactorRequired: true } as const
  clerk = await startTestClerk({
    instances: [{ name: 'default', domain, secretKey: 'sk_test_admin_instance', authentication }],
  })
  served = await serveClerkPage(clerk.instance)
})

afterAll(async () => {
  await served.close()
  await clerk.stop()
})

test('whoever has no second factor sets one up before her session counts', async () => {
  await clerk.client.users.createUser({ emailAddress: ['task@lovelace.example'], password })
  const { page, errors } = await visit(served.url)
  await page.goto('/')
  await page.evaluate('window.ready')
  await show(page, 'SignIn')
  await page.getByLabel('Email address').fill('task@lovelace.example')
  await page.getByRole('button', { name: 'Continue', exact: true }).click()
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Continue', exact: true }).click()
  await page.getByText('Two-step verification setup').waitFor()
  expect(await page.evaluate('window.Clerk.session.status')).toBe('pending')
  expect(await page.evaluate('window.Clerk.session.currentTask.key')).toBe('setup-mfa')
  await page.getByText('scan QR code?').click()
  const secret = await page.locator('input[readonly]').first().inputValue()
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('textbox', { name: /verification code/i }).click()
  await page.keyboard.type(new TOTP({ secret }).generate())
  await page.getByText('Backup codes', { exact: true }).waitFor()
  // The ages are in minutes: on a busy machine the first factor may be older than one.
  expect(await page.evaluate('[window.Clerk.session.status, window.Clerk.session.factorVerificationAge]')).toEqual([
    'active',
    [expect.any(Number), 0],
  ])
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByText('Two-step verification setup').waitFor({ state: 'detached' })
  expect(errors).toEqual([])
})
