// Organisations, by Clerk's switcher and profile.

import type { Page } from '@playwright/test'

import { arrived } from './account.ts'

/** A name whose slug nobody has yet. */
export function newOrganization(name: string): string {
  return `${name} ${crypto.randomUUID().slice(0, 4)}`
}

/** Makes an organisation in the switcher's dialog; it is active afterwards. */
export async function createOrganization(page: Page, name: string): Promise<void> {
  await openSwitcher(page)
  await page.getByRole('button', { name: 'Create organization' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill(name)
  await page.getByRole('button', { name: 'Create organization' }).click()
  await page.getByRole('button', { name: 'Skip' }).click()
  await page.getByRole('heading', { name: `Tasks of ${name}` }).waitFor()
}

/** Invites an address as a member, on the organisation's own page. */
export async function invite(page: Page, email: string): Promise<void> {
  await page.goto('/organization')
  await page.getByText('Members', { exact: true }).click()
  await page.getByRole('button', { name: 'Invite' }).click()
  await page.getByTestId('tag-input').fill(`${email},`)
  await page.getByRole('button', { name: 'Send invitations' }).click()
  await page.getByText('Invitations successfully sent').waitFor()
}

/** Accepts an invitation that the switcher shows. */
export async function joinOrganization(page: Page, name: string): Promise<void> {
  await openSwitcher(page)
  await page.getByText(name).waitFor()
  await page.getByRole('button', { name: 'Join' }).click()
  await page.getByRole('button', { name: 'Join' }).waitFor({ state: 'detached' })
  await page.reload()
  await arrived(page)
}

/** Makes another organisation, or none, the active one. */
export async function switchTo(page: Page, name: string): Promise<void> {
  await openSwitcher(page)
  await page.getByRole('button', { name }).click()
}

async function openSwitcher(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Open organization switcher' }).click()
}
