// <SignIn/> and <SignUp/> of the unmodified @clerk/ui: every way in that they show.

import type { Page } from '@playwright/test'
import { TOTP } from 'otpauth'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { startTestClerk, type TestClerk } from '../clerk-backend/running-clerk.ts'
import { openVisitors } from './chromium/visitors.ts'
import { show } from './clerk-page/person-on-page.ts'
import { type ClerkPage, serveClerkPage } from './clerk-page/serve-clerk-page.ts'

const password = 'a password of hers'
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
const visit = openVisitors()

let clerk: TestClerk
let served: ClerkPage
let people = 0

beforeAll(async () => {
  const domain = 'ways-in.local.clerk.accounts.dev'
  const emailAddress = {
    asked: 'required',
    signIn: true,
    strategies: ['email_code', 'email_link'],
    verifyAtSignUp: true,
  } as const
  const authentication = { emailAddress, social: [], username: { asked: 'optional', signIn: true } } as const
  clerk = await startTestClerk({
    instances: [{ name: 'default', domain, secretKey: 'sk_test_admin_instance', authentication }],
  })
  served = await serveClerkPage(clerk.instance)
})

afterAll(async () => {
  await served.close()
  await clerk.stop()
})

const newEmail = () => `way-${(people += 1)}@example.com`

async function somebody(more: object = {}) {
  const email = newEmail()
  return { email, user: await clerk.client.users.createUser({ emailAddress: [email], password, ...more }) }
}

async function at(component: 'SignIn' | 'SignUp', address = '/'): Promise<Page> {
  const { page } = await visit(served.url)
  await page.goto(address)
  await page.evaluate('window.ready')
  await show(page, component)
  return page
}

const lastDataTo = async (recipient: string) =>
  (await clerk.messages()).findLast((message) => message.recipient === recipient)?.data
const codeTo = async (recipient: string) => (await lastDataTo(recipient))?.['otp_code'] ?? ''

async function typeCodeTo(page: Page, recipient: string, isNew: (code: string) => boolean = Boolean): Promise<void> {
  await expect.poll(async () => isNew(await codeTo(recipient))).toBe(true)
  await page.getByLabel('Enter verification code').waitFor()
  await page.keyboard.type(await codeTo(recipient))
}

async function identify(page: Page, identifier: string): Promise<void> {
  await page.locator('input[name=identifier]').fill(identifier)
  await proceed(page)
}

const proceed = (page: Page) => page.getByRole('button', { name: 'Continue', exact: true }).click()

/** By the Enter key: a form that praises or blames the password moves its button, so that a click may miss it. */
async function givePassword(page: Page, shown: string): Promise<void> {
  const field = page.locator('input[name=password]')
  await field.fill(shown)
  await field.press('Enter')
}

const feedback = (page: Page) => page.getByTestId('form-feedback-error').first().textContent()

async function signedIn(page: Page): Promise<string> {
  await page.waitForFunction('window.Clerk?.user != null')
  return String(await page.evaluate('window.Clerk.user.id'))
}

test('a password signs in, after a wrong one', async () => {
  const { email, user } = await somebody()
  const page = await at('SignIn')
  await identify(page, email)
  await givePassword(page, 'not the password')
  await page.getByText('Password is incorrect').first().waitFor()
  await givePassword(page, password)
  expect(await signedIn(page)).toBe(user.id)
})

test('an unknown address is told at its field', async () => {
  const page = await at('SignIn')
  await identify(page, 'nobody@example.com')
  expect(await feedback(page)).toMatch(/Couldn't find your account/)
})

test('another method is a code by e-mail', async () => {
  const { email, user } = await somebody()
  const page = await at('SignIn')
  await identify(page, email)
  await page.getByText('Use another method').click()
  await page.getByRole('button', { name: `Email code to ${email}` }).click()
  await typeCodeTo(page, email)
  expect(await signedIn(page)).toBe(user.id)
})

test('another method is a link by e-mail, which signs the waiting page in', async () => {
  const { email, user } = await somebody()
  const page = await at('SignIn')
  await identify(page, email)
  await page.getByText('Use another method').click()
  await page.getByRole('button', { name: `Email link to ${email}` }).click()
  await expect.poll(async () => (await lastDataTo(email))?.['magic_link']).toBeDefined()
  const tab = await page.context().newPage()
  await tab.goto((await lastDataTo(email))?.['magic_link'] ?? '')
  expect(await signedIn(page)).toBe(user.id)
})

test('a forgotten password is replaced', async () => {
  const { email, user } = await somebody()
  const page = await at('SignIn')
  await identify(page, email)
  await page.getByText('Forgot password?').click()
  await page.getByRole('button', { name: 'Reset your password' }).click()
  await typeCodeTo(page, email)
  await page.locator('input[name=password]').fill('another password of hers')
  await page.locator('input[name=confirmPassword]').fill('another password of hers')
  await page.locator('input[name=confirmPassword]').press('Enter')
  expect(await signedIn(page)).toBe(user.id)
  const verified = await clerk.client.users.verifyPassword({ userId: user.id, password: 'another password of hers' })
  expect(verified.verified).toBe(true)
})

test('a second factor is asked for: the code of the app, or a backup code', async () => {
  const { email, user } = await somebody({ totpSecret: secret, backupCodes: ['rescue12'] })
  const page = await at('SignIn')
  await identify(page, email)
  await givePassword(page, password)
  await page.getByText('Two-step verification').waitFor()
  await page.getByLabel('Enter verification code').waitFor()
  await page.keyboard.type(new TOTP({ secret }).generate())
  expect(await signedIn(page)).toBe(user.id)
  const other = await at('SignIn')
  await identify(other, email)
  await givePassword(other, password)
  await other.getByText('Two-step verification').waitFor()
  await other.getByText('Use another method').click()
  await other.getByRole('button', { name: 'Use a backup code' }).click()
  await other.locator('input[name=code]').fill('rescue12')
  await proceed(other)
  expect(await signedIn(other)).toBe(user.id)
})

test('a compromised password leads to another method', async () => {
  const { email, user } = await somebody()
  await clerk.client.users.setPasswordCompromised(user.id)
  const page = await at('SignIn')
  await identify(page, email)
  await givePassword(page, password)
  await page.getByText('Your password may be compromised').waitFor()
  await page.getByRole('button', { name: `Email code to ${email}` }).click()
  await typeCodeTo(page, email)
  await page.waitForFunction('window.Clerk?.session != null')
  expect(await page.evaluate('window.Clerk.session.currentTask?.key')).toBe('reset-password')
})

test('a sign-up by link and password makes a user', async () => {
  const email = newEmail()
  const page = await at('SignUp')
  await page.locator('input[name=emailAddress]').fill(email)
  await givePassword(page, password)
  await expect.poll(async () => (await lastDataTo(email))?.['magic_link']).toBeDefined()
  const tab = await page.context().newPage()
  await tab.goto((await lastDataTo(email))?.['magic_link'] ?? '')
  const userId = await signedIn(page)
  expect((await clerk.client.users.getUser(userId)).primaryEmailAddress?.emailAddress).toBe(email)
})

test('a sign-up of somebody who is known is told at its field', async () => {
  const { email } = await somebody()
  const page = await at('SignUp')
  await page.locator('input[name=emailAddress]').fill(email)
  await givePassword(page, password)
  expect(await feedback(page)).toMatch(/That email address is taken/)
})

test('an invitation leads to a sign-up whose address is proven', async () => {
  const email = newEmail()
  const invited = await clerk.client.invitations.createInvitation({
    emailAddress: email,
    redirectUrl: `${served.url}/`,
    publicMetadata: { plan: 'pro' },
  })
  const page = await at('SignUp', invited.url ?? '')
  await givePassword(page, password)
  const userId = await signedIn(page)
  expect(await clerk.client.users.getUser(userId)).toMatchObject({ publicMetadata: { plan: 'pro' } })
})
