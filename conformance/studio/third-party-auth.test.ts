// Authentication → Third-Party Auth, by hand: an unconnected Clerk instance is trusted once its domain is added, without
// a restart, after one, and no longer than it is there.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { createClerkClient } from '@clerk/backend'
import type { Locator, Page } from '@playwright/test'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { expectAccessible, expectNoSidewaysScroll } from './accessible.ts'
import { openStudio, type Studio } from './open-studio.ts'

const DOMAIN = 'shop.local.clerk.accounts.dev'
const BEFORE = `# The shop
project_id = "shop"

[clerk.instances.default]
connected_to_supabase = false # until somebody connects it
`

let folder: string
let studio: Studio

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tenon-studio-'))
  mkdirSync(join(folder, 'supabase'))
  writeFileSync(join(folder, 'supabase', 'config.toml'), BEFORE)
  studio = await openStudio({ folder })
})
afterAll(async () => {
  await studio.close()
  rmSync(folder, { recursive: true, force: true })
})

const toml = (): string => readFileSync(join(folder, 'supabase', 'config.toml'), 'utf8')

/** What the REST door says to a fresh session token of the instance. */
async function statusOfToken(): Promise<number> {
  const { stack } = studio
  const clerk = createClerkClient({ secretKey: stack.line('CLERK_SECRET_KEY'), apiUrl: stack.line('CLERK_API_URL') })
  const { data } = await clerk.users.getUserList()
  const user =
    data[0] ?? (await clerk.users.createUser({ emailAddress: ['eve@example.com'], skipPasswordRequirement: true }))
  const { jwt } = await clerk.sessions.getToken((await clerk.sessions.createSession({ userId: user.id })).id)
  const headers = { apikey: stack.line('PUBLISHABLE_KEY'), authorization: `Bearer ${jwt}` }
  return (await fetch(`${stack.line('API_URL')}/rest/v1/`, { headers })).status
}

async function openDialog(page: Page, provider: string): Promise<Locator> {
  await page.getByRole('button', { name: 'Add provider' }).click()
  await page.getByRole('menuitem', { name: provider, exact: true }).click()
  const dialog = page.getByRole('dialog', { name: `Add new ${provider} connection` })
  await dialog.waitFor()
  return dialog
}

test('nothing is trusted at first, and the page offers to add an authentication provider', async () => {
  const page = await studio.visit('/auth/third-party')
  await page.getByText('Add an authentication provider').waitFor()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Add provider' }).click()
  const offered = ['Firebase', 'Clerk', 'WorkOS', 'Auth0', 'Amazon Cognito', 'Custom OIDC']
  await expect.poll(() => page.getByRole('menuitem').allTextContents()).toEqual(offered)
  expect(await statusOfToken()).toBe(401)
})

test('a domain that cannot be Clerk’s is refused with the one that is meant, and stays in the field', async () => {
  const page = await studio.visit('/auth/third-party')
  const dialog = await openDialog(page, 'Clerk')
  await dialog.getByRole('button', { name: 'Create connection' }).click()
  await dialog.getByText('Clerk Domain must be filled in.').waitFor()
  await dialog.getByLabel('Clerk Domain').fill('https://example.com')
  await page.keyboard.press('Enter')
  await dialog.getByRole('alert').getByText('Did you mean clerk.example.com?').waitFor()
  expect(await dialog.getByLabel('Clerk Domain').inputValue()).toBe('https://example.com')
  await expectAccessible(page)
  const question = page.getByRole('alertdialog', { name: 'Discard what you have typed?' })
  await page.keyboard.press('Escape')
  await question.getByRole('button', { name: 'Cancel' }).click()
  await page.evaluate('history.back()')
  await question.getByRole('button', { name: 'Cancel' }).click()
  expect(await dialog.getByLabel('Clerk Domain').inputValue()).toBe('https://example.com')
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await question.getByRole('button', { name: 'Discard changes' }).click()
  await dialog.waitFor({ state: 'detached' })
  expect(toml()).toBe(BEFORE)
})

test('the instance is trusted as soon as its domain is added, and its card turns good', async () => {
  const page = await studio.visit('/auth/third-party')
  const dialog = await openDialog(page, 'Clerk')
  await dialog.getByLabel('Clerk Domain').fill(`https://${DOMAIN}/`)
  await dialog.getByRole('button', { name: 'Create connection' }).click()
  await page.getByText('Keys found').waitFor()
  await page.getByText(`https://${DOMAIN}`, { exact: true }).waitFor()
  await page.getByText('This machine, never the network').waitFor()
  expect(await statusOfToken()).toBe(200)
  expect(toml()).toBe(`${BEFORE}\n[auth.third_party.clerk]\ndomain = "${DOMAIN}"\nenabled = true\n`)
})

test('the card tells of tokens without a role claim, and of a key with its age', async () => {
  const page = await studio.visit('/auth/third-party')
  await page.getByText(/of \d+ tokens had no role claim/).waitFor()
  await page.getByText('Last token seen').waitFor()
  const keys = page.getByRole('region', { name: `Keys of https://${DOMAIN}` })
  await keys.getByText('RS256').waitFor()
  await expectAccessible(page)
  const small = await studio.visit('/auth/third-party', { width: 400, colorScheme: 'dark' })
  await small.getByText('Keys found').waitFor()
  await expectNoSidewaysScroll(small)
  await expectAccessible(small)
})

test('a default role is set on the card, and its tokens take it', async () => {
  const page = await studio.visit('/auth/third-party')
  await page.getByRole('button', { name: `Edit https://${DOMAIN}` }).click()
  const dialog = page.getByRole('dialog', { name: 'Roles and audience' })
  await dialog.getByLabel('Default role').fill('service_role')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.getByText(/is missing from its allowed_roles/).waitFor()
  await dialog.getByLabel('Default role').fill('authenticated')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await page.getByText('without a role claim authenticated').waitFor()
  expect(toml()).toContain('enabled = true\ndefault_role = "authenticated"\n')
})

test('it is trusted after a restart too, and no more once it is removed', async () => {
  await studio.close()
  studio = await openStudio({ folder })
  expect(studio.stack.line('CLERK_FRONTEND_API_URL')).toBeDefined()
  expect(await statusOfToken()).toBe(200)
  const page = await studio.visit('/auth/third-party')
  await page.getByRole('button', { name: `Remove https://${DOMAIN}` }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove connection' }).click()
  await page.getByText('Add an authentication provider').waitFor()
  expect(await statusOfToken()).toBe(401)
  expect(toml()).toBe(BEFORE)
})
