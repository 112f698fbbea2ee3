// Users and organizations of a Clerk instance, by hand.

import { afterAll, beforeAll, expect, test } from 'vitest'

import { writeText } from '../browser/studio/controls.ts'
import { expectAccessible, expectNoSidewaysScroll } from './accessible.ts'
import { askClerk, createUser, tokenOf } from './ask-clerk.ts'
import { openStudio, type Studio } from './open-studio.ts'

const onePixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

let studio: Studio
let ada: string

beforeAll(async () => {
  studio = await openStudio()
  ada = await createUser(studio, 'ada', { last_name: 'Lovelace' })
  await createUser(studio, 'bob')
})
afterAll(async () => await studio.close())

test('a user is created, after what is wrong with her address was said at the field', async () => {
  const page = await studio.visit('/clerk/default/users')
  await page.getByRole('button', { name: 'Create user' }).click()
  const sheet = page.getByRole('dialog', { name: 'Create user' })
  await sheet.getByLabel('First name').fill('cleo')
  await sheet.getByRole('button', { name: 'Create' }).click()
  await sheet.getByText('This instance asks for it.').waitFor()
  await sheet.getByLabel('Email address').fill('no address')
  await sheet.getByRole('button', { name: 'Create' }).click()
  await sheet.getByText('email_address must be').waitFor()
  expect(await sheet.getByLabel('First name').inputValue()).toBe('cleo')
  await expectAccessible(page)
  await sheet.getByLabel('Email address').fill('cleo@example.com')
  await sheet.getByLabel('Email address').press('Enter')
  await page.getByRole('heading', { name: 'cleo', level: 1 }).waitFor()
  await expectAccessible(page)
})

test('users are searched and sorted, and the address says how', async () => {
  const page = await studio.visit('/clerk/default/users')
  await page.getByRole('link', { name: 'bob' }).waitFor()
  await expectAccessible(page)
  await page.getByLabel('Search users').fill('lovelace')
  await page.getByRole('link', { name: 'bob' }).waitFor({ state: 'detached' })
  await page.getByRole('link', { name: 'ada Lovelace' }).waitFor()
  expect(new URL(page.url()).searchParams.get('query')).toBe('lovelace')
  await page.getByLabel('Search users').fill('nobody at all')
  await page.getByText('Nobody is found by “nobody at all”').waitFor()
  await page.getByRole('navigation', { name: 'Studio' }).getByRole('link', { name: 'Users' }).click()
  await page.getByRole('link', { name: 'bob' }).waitFor()
  expect(await page.getByLabel('Search users').inputValue()).toBe('')
  await page.goto('/clerk/default/users?order=%2Bfirst_name')
  await page.getByRole('link', { name: 'bob' }).waitFor()
  const names = await page.getByRole('region', { name: 'Users' }).getByRole('link').allInnerTexts()
  expect(names.slice(0, 2)).toEqual(['ada Lovelace', 'bob'])
})

test('a picture that somebody chose is shown, from her instance', async () => {
  const form = new FormData()
  form.set('file', new Blob([onePixel], { type: 'image/png' }), 'ada.png')
  const answer = await fetch(`${studio.stack.line('CLERK_API_URL')}/v1/users/${ada}/profile_image`, {
    method: 'POST',
    headers: { authorization: `Bearer ${studio.stack.line('CLERK_SECRET_KEY')}` },
    body: form,
  })
  expect(answer.status).toBe(200)
  const page = await studio.visit('/clerk/default/users')
  await page.getByRole('region', { name: 'Users' }).locator('img').waitFor()
  await expect.poll(async () => await page.evaluate('document.querySelector("td img")?.naturalWidth')).toBe(1)
})

test('a profile, an address and metadata are changed', async () => {
  const page = await studio.visit(`/clerk/default/users/${ada}`)
  await page.getByLabel('Username').fill('!')
  await page.getByRole('button', { name: 'Save profile' }).click()
  await page.getByText(/Username (must be|can only)/).waitFor()
  await page.getByLabel('Username').fill('countess')
  await page.getByRole('button', { name: 'Save profile' }).click()
  await page.getByText('The profile was saved.').waitFor()
  await page.getByLabel('Add email address').fill('ada@work.example')
  await page.getByLabel('Add email address').press('Enter')
  await page.getByRole('button', { name: 'Actions for ada@work.example' }).click()
  await page.getByRole('menuitem', { name: 'Set as primary' }).click()
  await page.getByText('ada@work.example is the primary one now.').waitFor()
  await page.getByRole('tab', { name: 'Metadata' }).click()
  await writeText(page, 'Public metadata', '{"plan": ')
  await page.getByText('This is not JSON').waitFor()
  await writeText(page, 'Public metadata', '{"plan": "pro"}')
  await page.getByRole('button', { name: 'Save public metadata' }).click()
  await page.getByText('Public metadata was saved.').waitFor()
  await expectAccessible(page)
  expect(await askClerk(studio, 'GET', `/users/${ada}`)).toMatchObject({
    username: 'countess',
    public_metadata: { plan: 'pro' },
    email_addresses: expect.arrayContaining([expect.objectContaining({ email_address: 'ada@work.example' })]),
  })
})

test('a session is revoked, and nobody gets a token of it any more', async () => {
  await tokenOf(studio, ada)
  const page = await studio.visit(`/clerk/default/users/${ada}?tab=sessions`)
  await page.getByRole('button', { name: /^Revoke sess_/ }).click()
  await page.getByText('The session was revoked.').waitFor()
  await page.getByText('revoked', { exact: true }).waitFor()
  await expectAccessible(page)
  const { data } = await askClerk<{ data: unknown[] }>(
    studio,
    'GET',
    `/sessions?user_id=${ada}&status=active&paginated=true`,
  )
  expect(data).toEqual([])
})

test('a password is set for somebody who forgot hers, and a short one is refused at the field', async () => {
  const page = await studio.visit(`/clerk/default/users/${ada}?tab=security`)
  await page.getByLabel('New password').fill('short')
  await page.getByRole('button', { name: 'Set password' }).click()
  await page.getByText('Passwords must be 8 characters or more.').waitFor()
  await page.getByLabel('New password').fill('a long passphrase')
  await page.getByRole('button', { name: 'Set password' }).click()
  await page.getByText('The password was set.').waitFor()
  await expectAccessible(page)
  const body = { password: 'a long passphrase' }
  expect(await askClerk(studio, 'POST', `/users/${ada}/verify_password`, body)).toEqual({ verified: true })
})

test('a user is banned and let in again, and impersonated by a link', async () => {
  const page = await studio.visit(`/clerk/default/users/${ada}`)
  for (const [action, banned] of [
    ['Ban user', true],
    ['Unban user', false],
  ] as const) {
    await page.getByRole('button', { name: 'Actions', exact: true }).click()
    await page.getByRole('menuitem', { name: action }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: action }).click()
    await page.getByRole('alertdialog').waitFor({ state: 'detached' })
    expect(await askClerk(studio, 'GET', `/users/${ada}`)).toMatchObject({ banned })
  }
  await page.getByRole('button', { name: 'Impersonate' }).click()
  const dialog = page.getByRole('dialog', { name: /^Impersonate/ })
  await dialog.getByLabel('Address of your app').fill('my app')
  await dialog.getByRole('button', { name: 'Make a link' }).click()
  await dialog.getByText('An address that begins with http:// or https://.').waitFor()
  await dialog.getByLabel('Address of your app').fill('http://localhost:3000')
  await dialog.getByRole('button', { name: 'Make a link' }).click()
  const link = await dialog.getByRole('link', { name: /^Open the app as/ }).getAttribute('href')
  await expectAccessible(page)
  const answer = await fetch(link ?? '', { redirect: 'manual' })
  expect(answer.headers.get('location')).toMatch(/^http:\/\/localhost:3000\/sign-in\?__clerk_ticket=.*status=sign_in/)
})

test('an organization is founded, gets members and invitations, and is deleted once its slug is typed', async () => {
  const page = await studio.visit('/clerk/default/organizations')
  await page.getByRole('button', { name: 'Create organization' }).click()
  const sheet = page.getByRole('dialog', { name: 'Create organization' })
  await sheet.getByRole('button', { name: 'Create' }).click()
  await sheet.getByText('An organization has a name.').waitFor()
  await sheet.getByLabel('Name').fill('Acme')
  await sheet.getByRole('combobox', { name: 'Owner' }).click()
  await page.getByRole('option', { name: 'ada Lovelace' }).click()
  await sheet.getByRole('button', { name: 'Create' }).click()
  await page.getByRole('heading', { name: 'Acme', level: 1 }).waitFor()
  await page.getByRole('combobox', { name: 'User' }).click()
  await page.getByRole('option', { name: 'bob' }).click()
  await page.getByRole('button', { name: 'Add member' }).click()
  await page.getByRole('combobox', { name: 'Role of bob' }).click()
  await page.getByRole('option', { name: 'Admin' }).click()
  await page.getByText('bob is org:admin now.').waitFor()
  await expectAccessible(page)
  await page.getByRole('tab', { name: 'Invitations' }).click()
  await page.getByLabel('Email address').fill('dora@example.com')
  await page.getByRole('button', { name: 'Send invitation' }).click()
  await page.getByRole('button', { name: 'Revoke the invitation of dora@example.com' }).click()
  await page.getByText('The invitation was revoked.').waitFor()
  await expectAccessible(page)
  await page.getByRole('tab', { name: 'Settings' }).click()
  await page.getByLabel('Name').fill('Acme and sons')
  await page.getByRole('button', { name: 'Save organization' }).click()
  await page.getByRole('heading', { name: 'Acme and sons', level: 1 }).waitFor()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Delete organization' }).click()
  const dialog = page.getByRole('alertdialog')
  expect(await dialog.getByRole('button', { name: 'Delete' }).isDisabled()).toBe(true)
  await dialog.getByLabel('Type acme to confirm').fill('acme')
  await dialog.getByRole('button', { name: 'Delete' }).click()
  await page.getByText('There is no organization yet').waitFor()
})

test('people are invited to the instance, after what is wrong with an address was said, and uninvited', async () => {
  const page = await studio.visit('/clerk/default/users?tab=invitations')
  await page.getByText('Nobody was invited').waitFor()
  await page.getByLabel('Email address').fill('no address')
  await page.getByRole('button', { name: 'Send invitation' }).click()
  await page.getByText('email_address must be').waitFor()
  expect(await page.getByLabel('Email address').inputValue()).toBe('no address')
  await page.getByLabel('Email address').fill('eve@example.com')
  await page.getByLabel('Redirect URL').fill('http://localhost:3000/welcome')
  await page.getByLabel('Redirect URL').press('Enter')
  await page.getByText('The invitation was sent.').waitFor()
  await expectAccessible(page)
  expect(await askClerk(studio, 'GET', '/invitations')).toMatchObject([
    { email_address: 'eve@example.com', status: 'pending' },
  ])
  await page.getByRole('button', { name: 'Revoke the invitation of eve@example.com' }).click()
  await page.getByText('The invitation was revoked.').waitFor()
  await page.getByText('Nobody was invited').waitFor()
})

test('a user is deleted once her address is typed', async () => {
  const page = await studio.visit('/clerk/default/users')
  await page.getByRole('link', { name: 'bob' }).click()
  await page.getByRole('button', { name: 'Actions', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Delete user' }).click()
  const dialog = page.getByRole('alertdialog')
  expect(await dialog.getByRole('button', { name: 'Delete user' }).isDisabled()).toBe(true)
  await dialog.getByLabel('Type bob@example.com to confirm').fill('bob@example.com')
  await dialog.getByRole('button', { name: 'Delete user' }).click()
  await page.getByText('bob was deleted.').waitFor()
  await page.getByRole('link', { name: 'ada Lovelace' }).waitFor()
  await page.getByRole('link', { name: 'bob' }).waitFor({ state: 'detached' })
})

test('what is typed into a sheet is not lost by closing it', async () => {
  const page = await studio.visit('/clerk/default/users')
  await page.getByRole('button', { name: 'Create user' }).click()
  const sheet = page.getByRole('dialog', { name: 'Create user' })
  await sheet.getByLabel('First name').fill('Eve')
  await page.keyboard.press('Escape')
  await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click()
  expect(await sheet.getByLabel('First name').inputValue()).toBe('Eve')
})

test('an instance and a user that are not there are told so', async () => {
  const page = await studio.visit('/clerk/elsewhere/users')
  await page.getByText('There is no Clerk instance “elsewhere” here').waitFor()
  await page.goto('/clerk/default/users/user_no')
  await page.getByRole('alert').waitFor()
  await expectAccessible(page)
})

test('the screens of people fit a telephone, in the dark as well', async () => {
  const page = await studio.visit('/clerk/default/users', { width: 400, colorScheme: 'dark' })
  for (const screen of ['users', `users/${ada}`, `users/${ada}?tab=security`, 'organizations']) {
    await page.goto(`/clerk/default/${screen}`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.getByText('Loading').waitFor({ state: 'detached' })
    await expectNoSidewaysScroll(page)
    await expectAccessible(page)
  }
})

test('a name of one very long word breaks in the title, and tabs have no bars beside them', async () => {
  const long = await createUser(studio, 'long', { first_name: 'x'.repeat(200) })
  const page = await studio.visit(`/clerk/default/users/${long}`)
  await page.getByRole('heading', { level: 1, name: 'x'.repeat(200) }).waitFor()
  const beyond = await page.getByRole('main').evaluate((main) => main.scrollWidth - main.clientWidth)
  const below = await page.getByRole('tablist').evaluate((tabs) => tabs.scrollHeight - tabs.clientHeight)
  expect({ beyond, below }).toEqual({ beyond: 0, below: 0 })
})
