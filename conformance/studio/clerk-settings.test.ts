// API keys, User & Authentication and Restrictions of a Clerk instance, by hand; and the choice among several.

import { afterAll, beforeAll, expect, test } from 'vitest'

import { expectAccessible, expectNoSidewaysScroll } from './accessible.ts'
import { askClerk } from './ask-clerk.ts'
import { openStudio, type Studio } from './open-studio.ts'

let studio: Studio

beforeAll(async () => {
  studio = await openStudio({ files: { 'supabase/config.toml': '[clerk.instances.shop]\n' } })
})
afterAll(async () => await studio.close())

interface KeySet {
  readonly keys: readonly { readonly kid: string }[]
}

const keySet = async (): Promise<readonly string[]> => {
  const answer = await fetch(studio.stack.line('CLERK_JWKS_URL'))
  return ((await answer.json()) as KeySet).keys.map(({ kid }) => kid)
}

interface Environment {
  readonly user_settings: { readonly attributes: Readonly<Record<string, { readonly enabled: boolean }>> }
}

/** What browsers are told of one way to sign in. */
async function isEnabled(attribute: string): Promise<boolean | undefined> {
  const answer = await fetch(`${studio.stack.line('CLERK_FRONTEND_API_URL')}/v1/environment`)
  return ((await answer.json()) as Environment).user_settings.attributes[attribute]?.enabled
}

test('the keys are shown, the secret one when it is asked for, and as an app’s variables', async () => {
  const page = await studio.visit('/clerk/default/api-keys')
  const secretKey = studio.stack.line('CLERK_SECRET_KEY')
  await page.getByText(studio.stack.line('CLERK_PUBLISHABLE_KEY'), { exact: true }).waitFor()
  expect(await page.getByText(secretKey).count()).toBe(0)
  await page.getByRole('button', { name: 'Reveal secret key' }).click()
  await page.getByText(secretKey, { exact: true }).waitFor()
  await page.getByRole('tab', { name: 'Express' }).click()
  await page.getByRole('switch', { name: 'Show the secret key' }).click()
  await page.getByText(`CLERK_SECRET_KEY=${secretKey}`).waitFor()
  await page.getByText('-----BEGIN PUBLIC KEY-----').waitFor()
  await expectAccessible(page)
})

test('the signing key is rotated, and the one before retired', async () => {
  const [first] = await keySet()
  const page = await studio.visit('/clerk/default/api-keys')
  await page.getByRole('button', { name: 'Rotate signing key' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Rotate' }).click()
  await page.getByText('Tokens are signed with a new key from now on.').waitFor()
  expect(await keySet()).toHaveLength(2)
  await page.getByRole('button', { name: 'Retire' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Retire' }).click()
  await page.getByText(`The key ${first} was retired.`).waitFor()
  expect(await keySet()).not.toContain(first)
})

test('a factor that is turned on is there for browsers at once, and the page says what differs from the file', async () => {
  const page = await studio.visit('/clerk/default/authentication')
  await page.getByText('Everything is as [clerk.authentication] says.').waitFor()
  await expectAccessible(page)
  await page.getByRole('switch', { name: 'Passkeys' }).click()
  await page.getByText('Changed here, over [clerk.authentication]: passkey.').waitFor()
  expect(await isEnabled('passkey')).toBe(true)
  await page.getByRole('combobox', { name: 'Username' }).click()
  await page.getByRole('option', { name: 'Optional' }).click()
  await page.getByText('Changed here, over [clerk.authentication]: username, passkey.').waitFor()
  expect(await isEnabled('username')).toBe(true)
})

test('settings that contradict each other are refused in a sentence, and nothing changes', async () => {
  const page = await studio.visit('/clerk/default/authentication')
  await page.getByRole('switch', { name: 'Email verification code' }).click()
  await page.getByText('An e-mail address that is verified at sign-up needs a code or a link.').waitFor()
  expect(await page.getByRole('switch', { name: 'Email verification code' }).isChecked()).toBe(true)
  await page.getByLabel('Minimum password length').fill('3')
  await page.getByText('A whole number from 8 to 72.').waitFor()
  await expectAccessible(page)
})

test('who may sign up is restricted, and an identifier that cannot be is refused at the field', async () => {
  const page = await studio.visit('/clerk/default/restrictions')
  await page.getByRole('switch', { name: 'Enable blocklist' }).click()
  await expect
    .poll(async () => await askClerk(studio, 'GET', '/instance/restrictions'))
    .toMatchObject({ blocklist: true })
  await page.getByLabel('Add to the blocklist').fill('not an identifier')
  await page.getByLabel('Add to the blocklist').press('Enter')
  await page.getByText(/identifier must be/).waitFor()
  await page.getByLabel('Add to the blocklist').fill('*@evil.example')
  await page.getByLabel('Add to the blocklist').press('Enter')
  await page.getByRole('button', { name: 'Remove *@evil.example from the blocklist' }).waitFor()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Remove *@evil.example from the blocklist' }).click()
  await page.getByRole('list', { name: 'Blocklist' }).getByText('*@evil.example').waitFor({ state: 'detached' })
})

test('a long list is turned page by page, and back where the last one empties', async () => {
  const numbers = Array.from({ length: 21 }, (_, index) => `+155555501${String(index).padStart(2, '0')}`)
  for (const identifier of numbers) await askClerk(studio, 'POST', '/allowlist_identifiers', { identifier })
  const page = await studio.visit('/clerk/default/restrictions')
  const list = page.getByRole('list', { name: 'Allowlist' })
  await page.getByText('Page 1 of 2, 21 in all').waitFor()
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByText('Page 2 of 2, 21 in all').waitFor()
  await expect.poll(async () => await list.getByRole('listitem').count()).toBe(1)
  await expectAccessible(page)
  await list.getByRole('button').click()
  await page.getByText('Page 2 of 2, 21 in all').waitFor({ state: 'detached' })
  await expect.poll(async () => await list.getByRole('listitem').count()).toBe(20)
})

test('somebody is put on the waitlist and invited', async () => {
  const page = await studio.visit('/clerk/default/restrictions')
  await page.getByRole('combobox', { name: 'Sign-up mode' }).click()
  await page.getByRole('option', { name: 'Waitlist' }).click()
  await page.getByLabel('Add to the waitlist').fill('eve@example.com')
  await page.getByLabel('Add to the waitlist').press('Enter')
  await page.getByRole('button', { name: 'Actions for eve@example.com' }).click()
  await page.getByRole('menuitem', { name: 'Invite' }).click()
  await page.getByText('eve@example.com was invited by e-mail.').waitFor()
  await page.getByText('invited', { exact: true }).waitFor()
  expect(await askClerk(studio, 'GET', '/instance/user_settings')).toMatchObject({ sign_up_mode: 'waitlist' })
})

test('another instance is chosen, and has screens of its own', async () => {
  const page = await studio.visit('/clerk/default/users')
  await page.getByRole('combobox', { name: 'Clerk instance' }).click()
  await page.getByRole('option', { name: /^shop/ }).click()
  const screens = page.getByRole('navigation', { name: 'Screens of the instance' })
  await screens.getByRole('link', { name: 'API keys' }).click()
  await page.getByText(/^https:\/\/shop\./).waitFor()
  expect(new URL(page.url()).pathname).toBe('/clerk/shop/api-keys')
  await expectAccessible(page)
})

test('the screens of settings fit a telephone, in the dark as well', async () => {
  const page = await studio.visit('/clerk/default/api-keys', { width: 400, colorScheme: 'dark' })
  for (const screen of ['api-keys', 'authentication', 'restrictions']) {
    await page.goto(`/clerk/default/${screen}`)
    await page.getByRole('heading', { level: 2 }).first().waitFor()
    await page.getByText('Loading').waitFor({ state: 'detached' })
    await expectNoSidewaysScroll(page)
    await expectAccessible(page)
  }
})
