// Signing in with others by the unmodified components: the buttons of <SignIn/>, the page of the stand-in, and the way
// back, across sites and on one; and the connected accounts of <UserProfile/>.

import type { Page } from '@playwright/test'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { startTestClerk, type TestClerk } from '../clerk-backend/running-clerk.ts'
import { openVisitors } from './chromium/visitors.ts'
import { openSignIns, show, type SignIns } from './clerk-page/person-on-page.ts'
import { type ClerkPage, serveClerkPage } from './clerk-page/serve-clerk-page.ts'
import { arrived } from './walk/account.ts'

const visit = openVisitors()

let clerk: TestClerk
let served: ClerkPage
let signIns: SignIns

beforeAll(async () => {
  clerk = await startTestClerk()
  served = await serveClerkPage(clerk.instance)
  signIns = openSignIns(clerk)
})

afterAll(async () => {
  await signIns.close()
  await served.close()
  await clerk.stop()
})

async function openSignIn(page: Page): Promise<void> {
  await page.goto('/')
  await page.evaluate('window.ready')
  await show(page, 'SignIn')
}

/** Leaves by a provider's button, and comes back as somebody on the stand-in's page. */
async function goThrough(page: Page, provider: string, somebody: RegExp): Promise<void> {
  await page.getByRole('button', { name: provider }).click()
  await page.getByText('A stand-in of this development server').waitFor()
  await page.getByRole('button', { name: somebody }).click()
  await page.waitForURL(`${served.url}/**`)
  await page.evaluate('window.ready')
}

const whoIsSignedIn = (page: Page) => page.evaluate('window.Clerk.user?.primaryEmailAddress?.emailAddress ?? null')

test('a stranger signs in with Google and is signed up; the next time she is known', async () => {
  const first = await visit(served.url)
  await openSignIn(first.page)
  await goThrough(first.page, 'Google', /Ada Lovelace/)
  // The page of the way back mounts the component again, which hands the account on to a sign-up.
  await show(first.page, 'SignIn')
  await expect.poll(() => whoIsSignedIn(first.page)).toBe('ada@example.com')

  const second = await visit(served.url)
  await openSignIn(second.page)
  await goThrough(second.page, 'Google', /Ada Lovelace/)
  await expect.poll(() => whoIsSignedIn(second.page)).toBe('ada@example.com')
  const { data } = await clerk.client.users.getUserList({ emailAddress: ['ada@example.com'] })
  expect(data.map(({ firstName, externalAccounts }) => [firstName, externalAccounts.length])).toEqual([['Ada', 1]])
  expect([...first.errors, ...second.errors]).toEqual([])
})

test('a newcomer signs up with GitHub in the tutorial’s app, on one site through Next', async () => {
  const { page, errors } = await visit()
  await page.goto('/sign-up')
  await page.getByRole('button', { name: 'GitHub' }).click()
  await page.waitForURL('**/__clerk/fake-provider/github/authorize?**')
  await page.getByRole('button', { name: /Grace Hopper/ }).click()
  await arrived(page)
  expect(await whoIsSignedIn(page)).toBe('grace@example.com')
  expect(errors).toEqual([])
})

test('who refuses access reads so in the form', async () => {
  const { page } = await visit(served.url)
  await openSignIn(page)
  await goThrough(page, 'GitHub', /Refuse access/)
  await show(page, 'SignIn')
  // The component leaves its page of the way back for the page where an application usually signs people in.
  await page.waitForURL(`${served.url}/sign-in`)
  await openSignIn(page)
  await page.getByText('You did not grant access to your account').waitFor()
  expect(await whoIsSignedIn(page)).toBe(null)
})

test('an account is connected and removed in the profile', async () => {
  const { page, errors } = await visit(served.url)
  const user = await clerk.client.users.createUser({ emailAddress: ['grace@navy.example'] })
  await signIns.signIn(page, user.id)
  await show(page, 'UserProfile')
  await page.getByRole('button', { name: 'Connect account' }).click()
  await page.getByRole('menuitem', { name: 'Google' }).click()
  await page.getByText('A stand-in of this development server').waitFor()
  await page.getByRole('button', { name: /Grace Hopper/ }).click()
  await page.waitForURL(`${served.url}/**`)
  await page.evaluate('window.ready')
  await show(page, 'UserProfile')
  await page.getByText('grace@example.com').first().waitFor()
  const connected = async () =>
    (await clerk.client.users.getUser(user.id)).externalAccounts.map(({ provider }) => provider)
  expect(await connected()).toEqual(['oauth_google'])
  const tokens = await clerk.client.users.getUserOauthAccessToken(user.id, 'google')
  expect(tokens.data[0]?.token).toMatch(/^fake_at_/)
  expect(errors).toEqual([])
})
