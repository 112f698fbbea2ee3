// <UserProfile/> of the unmodified @clerk/ui: everything somebody changes about her own account.

import type { BrowserContext, Page } from '@playwright/test'
import { TOTP } from 'otpauth'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { startTestClerk, type TestClerk } from '../clerk-backend/running-clerk.ts'
import { openVisitors } from './chromium/visitors.ts'
import { openSignIns, show, type SignIns } from './clerk-page/person-on-page.ts'
import { type ClerkPage, serveClerkPage } from './clerk-page/serve-clerk-page.ts'

const password = 'a password of hers'
/** A picture of one pixel. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const visit = openVisitors()

let clerk: TestClerk
let served: ClerkPage
let signIns: SignIns

beforeAll(async () => {
  const domain = 'profile.local.clerk.accounts.dev'
  const authentication = {
    passkey: true,
    phoneNumber: { asked: 'optional', signIn: true, verifyAtSignUp: true, secondFactor: true },
    username: { asked: 'optional', signIn: true },
  } as const
  clerk = await startTestClerk({
    instances: [{ name: 'default', domain, secretKey: 'sk_test_admin_instance', authentication }],
  })
  served = await serveClerkPage(clerk.instance)
  signIns = openSignIns(clerk)
})

afterAll(async () => {
  await signIns.close()
  await served.close()
  await clerk.stop()
})

async function signedIn(emailAddress: string) {
  const user = await clerk.client.users.createUser({ firstName: 'Ada', emailAddress: [emailAddress], password })
  const person = await visit(served.url)
  await signIns.signIn(person.page, user.id)
  await show(person.page, 'UserProfile')
  return { ...person, user }
}

async function openSecurity(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Security' }).click()
  await page.getByText('Active devices').waitFor()
}

/** Lets the session's first factor be as old as it takes to be asked for it. */
async function makeStale(userId: string): Promise<void> {
  await clerk.database.query(
    `update clerk.sessions set first_factor_verified_at = first_factor_verified_at - 3600000 where user_id = '${userId}'`,
    'supabase_admin',
  )
}

const codeTo = async (recipient: string): Promise<string> =>
  (await clerk.messages()).findLast((message) => message.recipient === recipient)?.data['otp_code'] ?? ''

/** A device that makes passkeys; clerk-js keeps them from browsers that say they are driven. */
async function plugInAuthenticator({ context, page }: { context: BrowserContext; page: Page }): Promise<void> {
  await context.addInitScript(`Object.defineProperty(navigator, 'webdriver', { get: () => false })`)
  const session = await context.newCDPSession(page)
  await session.send('WebAuthn.enable')
  const abilities = { hasResidentKey: true, hasUserVerification: true, isUserVerified: true }
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', automaticPresenceSimulation: true, ...abilities },
  })
}

test('an address is added and verified by a code', async () => {
  const { page, errors, user } = await signedIn('ada@lovelace.example')
  await page.getByText('Profile details').first().waitFor()
  await page.getByRole('button', { name: 'Add email address' }).click()
  await page.getByLabel('Email address').fill('second@lovelace.example')
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await page.getByText('Verify email address').waitFor()
  await expect.poll(() => codeTo('second@lovelace.example')).toMatch(/^\d{6}$/)
  await page.keyboard.type(await codeTo('second@lovelace.example'))
  await page.getByText('Verify email address').waitFor({ state: 'detached' })
  const { emailAddresses } = await clerk.client.users.getUser(user.id)
  expect(emailAddresses.map(({ verification }) => verification?.status)).toEqual(['verified', 'verified'])
  expect(errors).toEqual([])
})

test('a name, a username and a picture are changed', async () => {
  const { page, errors } = await signedIn('names@lovelace.example')
  await page.getByRole('button', { name: 'Set username' }).click()
  await page.getByLabel('Username').fill('lovelace')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('lovelace', { exact: true }).first().waitFor()
  await page.getByRole('button', { name: 'Update profile' }).click()
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Upload' }).click()
  await (await chooser).setFiles({ name: 'me.png', mimeType: 'image/png', buffer: png })
  await expect.poll(() => page.evaluate('window.Clerk.user.hasImage')).toBe(true)
  await page.getByRole('button', { name: 'Update profile' }).click()
  await page.getByLabel('First name').fill('Augusta')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect.poll(() => page.evaluate('window.Clerk.user.firstName')).toBe('Augusta')
  expect(errors).toEqual([])
})

test('a number is added, and becomes a second factor with backup codes', async () => {
  const { page, errors } = await signedIn('number@lovelace.example')
  await page.getByRole('button', { name: 'Add phone number' }).click()
  await page.getByLabel('Phone number').fill('2015550123')
  // The card asks for the code to be sent once it shows the field for it; nobody types faster.
  const sent = page.waitForResponse(/prepare_verification/)
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await sent
  await page.keyboard.type('424242')
  await page.getByText('Verify phone number').waitFor({ state: 'detached' })
  await openSecurity(page)
  await page.getByRole('button', { name: 'Add two-step verification' }).click()
  await page.getByRole('menuitem', { name: 'SMS code' }).click()
  await page.getByRole('button', { name: /201/ }).click()
  await page.getByText('SMS code verification enabled').waitFor()
  await page.getByRole('button', { name: 'Finish' }).click()
  expect(await page.evaluate('window.Clerk.user.backupCodeEnabled')).toBe(true)
  expect(errors).toEqual([])
})

test('an authenticator app is set up, with backup codes', async () => {
  const { page, errors } = await signedIn('app@lovelace.example')
  await openSecurity(page)
  await page.getByRole('button', { name: 'Add two-step verification' }).click()
  await page.getByRole('menuitem', { name: 'Authenticator application' }).click()
  await page.getByText('scan QR code?').click()
  const secret = await page.locator('input[readonly]').first().inputValue()
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('textbox', { name: /verification code/i }).click()
  await page.keyboard.type(new TOTP({ secret }).generate())
  await page.getByText('Backup codes').first().waitFor()
  await page.getByRole('button', { name: 'Finish' }).click()
  await page.getByText('Authenticator application', { exact: true }).waitFor()
  // In minutes: on a busy machine the first factor may be older than one.
  expect(await page.evaluate('window.Clerk.session.factorVerificationAge')).toEqual([expect.any(Number), 0])
  expect(errors).toEqual([])
})

test('a session whose proof is old is asked for it again, and then changes the password', async () => {
  const { page, user } = await signedIn('old@lovelace.example')
  await makeStale(user.id)
  await openSecurity(page)
  await page.getByRole('button', { name: 'Update password' }).click()
  await page.getByLabel('New password').fill('quite another one')
  await page.getByLabel('Confirm password').fill('quite another one')
  // The button moves when the form praises the password, so that a click may miss it.
  await page.getByLabel('Confirm password').press('Enter')
  await page.getByText('Verification required').waitFor()
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByText('Verification required').waitFor({ state: 'detached' })
  const verified = () =>
    clerk.client.users.verifyPassword({ userId: user.id, password: 'quite another one' }).then(
      ({ verified: right }) => right,
      () => false,
    )
  await expect.poll(verified).toBe(true)
})

test('a passkey is added and renamed, and signs its owner in', async () => {
  const person = await visit(served.url)
  await plugInAuthenticator(person)
  const { page, errors } = person
  const user = await clerk.client.users.createUser({ emailAddress: ['key@lovelace.example'] })
  await signIns.signIn(page, user.id)
  await show(page, 'UserProfile')
  await openSecurity(page)
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await page.getByText('Chrome on Linux').waitFor()
  await page.getByText('Chrome on Linux').locator('xpath=ancestor::*[.//button][1]').getByRole('button').click()
  await page.getByRole('menuitem', { name: 'Rename' }).click()
  await page.getByLabel('Name of passkey').fill('Laptop')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Laptop', { exact: true }).waitFor()
  await Promise.all([page.waitForEvent('load'), page.evaluate('void window.Clerk.signOut()')])
  await page.evaluate('window.ready')
  await show(page, 'SignIn')
  await expect.poll(() => page.evaluate('window.Clerk.user?.id')).toBe(user.id)
  expect(errors).toEqual([])
})

test('an account is deleted', async () => {
  const { page, user } = await signedIn('gone@lovelace.example')
  await openSecurity(page)
  await page.getByRole('button', { name: 'Delete account' }).click()
  await page.getByLabel('Type "Delete account" below to continue.').fill('Delete account')
  await page.getByRole('button', { name: 'Delete account' }).last().click()
  await expect.poll(() => page.evaluate('window.Clerk.user')).toBe(null)
  const left = await clerk.client.users.getUserList({ userId: [user.id] })
  expect(left.totalCount).toBe(0)
})
