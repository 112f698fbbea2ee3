// How people come in and go, by Clerk's own components.

import type { Page } from '@playwright/test'

/** What somebody signs in with. */
export interface Account {
  readonly email: string
  readonly password: string
}

let made = 0

/** An account nobody has yet. */
export function newAccount(name: string): Account {
  made += 1
  return { email: `${name}.${process.pid}.${made}@example.com`, password: `${name} likes long passwords ${made}` }
}

/** Fills in the sign-up form and the code that was mailed, until the app shows her page. */
export async function signUp(page: Page, account: Account, code: () => Promise<string>): Promise<void> {
  await page.goto('/sign-up')
  await page.locator('input[name=emailAddress]').fill(account.email)
  const password = page.locator('input[name=password]')
  await password.fill(account.password)
  // The form asks for the code to be sent once it shows the field for it; nobody types faster.
  const sent = page.waitForResponse(/prepare_verification/)
  // Its button moves when the form praises the password, so that a click may miss it.
  await password.press('Enter')
  await sent
  await enterCode(page, await code())
  await arrived(page)
}

/** Signs in by password. */
export async function signIn(page: Page, account: Account): Promise<void> {
  await page.goto('/sign-in')
  await enterPassword(page, account)
  await arrived(page)
}

/** The identifier and the password, on one page or on two. */
export async function enterPassword(page: Page, account: Account): Promise<void> {
  await page.locator('input[name=identifier]').fill(account.email)
  await proceed(page)
  await page.locator('input[name=password]').fill(account.password)
  await proceed(page)
}

/** Types a code where one is asked for. */
export async function enterCode(page: Page, code: string): Promise<void> {
  await page.getByLabel('Enter verification code').fill(code)
}

/** Signs out by the user button. */
export async function signOut(page: Page): Promise<void> {
  await openUserMenu(page)
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await page.getByRole('button', { name: 'Sign in' }).waitFor()
}

/** Opens the menu of the user button. */
export async function openUserMenu(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Open user menu' }).click()
}

/** The button of Clerk's forms. */
export async function proceed(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Continue', exact: true }).click()
}

/** The home page of somebody who is signed in. */
export async function arrived(page: Page): Promise<void> {
  await page.getByRole('region', { name: 'Your tasks' }).waitFor()
}
