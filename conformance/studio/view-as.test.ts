// The picker of whose eyes to look through: roles, people of the built-in Clerk instance, anybody by her claims.

import type { Page } from '@playwright/test'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { expectAccessible, expectNoSidewaysScroll } from './accessible.ts'
import { openStudio, type Studio } from './open-studio.ts'

let studio: Studio
let ada: string
let acme: string

beforeAll(async () => {
  studio = await openStudio()
  ada = (await clerk('/users', { email_address: ['ada@example.com'], password: 'correct horse battery' })).id
  await clerk('/users', { email_address: ['bob@example.com'], password: 'correct horse battery' })
  acme = (await clerk('/organizations', { name: 'Acme', created_by: ada })).id
  await studio.sql('create role auditor')
  await studio.sql('grant auditor to postgres')
})
afterAll(async () => await studio.close())

async function clerk(path: string, body: object): Promise<{ readonly id: string }> {
  const response = await fetch(`${studio.stack.line('CLERK_API_URL')}/v1${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${studio.stack.line('CLERK_SECRET_KEY')}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(await response.text())
  return (await response.json()) as { readonly id: string }
}

async function openPicker(width = 1280): Promise<Page> {
  const page = await studio.visit('/sql', { width })
  await page.getByRole('button', { name: 'Role: postgres (owner)' }).click()
  await page.getByRole('dialog', { name: 'View as' }).waitFor()
  return page
}

/** What Postgres says of whoever asks. */
async function whoAmI(page: Page): Promise<{ readonly role: string; readonly claims: Record<string, unknown> }> {
  await page
    .getByRole('textbox', { name: 'SQL query' })
    .fill(`select current_user, current_setting('request.jwt.claims', true)`)
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  const role = await page.getByRole('gridcell').first().textContent()
  await page.getByRole('gridcell').nth(1).dblclick()
  const value = page.getByRole('dialog', { name: 'current_setting' })
  const claims = (await value.locator('pre').textContent()) ?? ''
  await value.getByRole('button', { name: 'Close' }).click()
  return { role: role ?? '', claims: JSON.parse(claims) as Record<string, unknown> }
}

test('a person of the Clerk instance is found by her address, and has the claims of her session token', async () => {
  const page = await openPicker()
  await page.getByRole('tab', { name: 'Clerk user' }).click()
  await page.getByLabel('Search users').fill('ada')
  await page.getByRole('button', { name: /ada@example.com/ }).click()
  await page.getByRole('combobox', { name: 'Active organization' }).click()
  await page.getByRole('option', { name: 'Acme' }).click()
  await page.getByRole('combobox', { name: 'Second factor' }).click()
  await page.getByRole('option', { name: '10 minutes ago' }).click()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'View as this user' }).click()
  await page.getByText('Viewing as ada@example.com · Acme · second factor').waitFor()

  const { role, claims } = await whoAmI(page)
  expect(role).toBe('authenticated')
  expect(claims).toMatchObject({ role: 'authenticated', sub: ada, o: { id: acme, rol: 'admin' }, fva: [0, 10] })
})

test('a role in the organization can be tried on', async () => {
  const page = await openPicker()
  await page.getByRole('tab', { name: 'Clerk user' }).click()
  await page.getByRole('button', { name: /ada@example.com/ }).click()
  await page.getByRole('combobox', { name: 'Active organization' }).click()
  await page.getByRole('option', { name: 'Acme' }).click()
  await page.getByRole('combobox', { name: 'Role there' }).click()
  await page.getByRole('option', { name: 'org:member' }).click()
  await page.getByRole('button', { name: 'View as this user' }).click()
  await page.getByText('Viewing as ada@example.com · Acme as org:member').waitFor()
  expect((await whoAmI(page)).claims).toMatchObject({ sub: ada, o: { id: acme, rol: 'member' } })
})

test('anybody is looked through by her claims, shown as Postgres sees them; what is no JSON is said at its field', async () => {
  const page = await openPicker()
  await page.getByRole('tab', { name: 'External user' }).click()
  await page.getByRole('button', { name: 'View as this user' }).click()
  await page.getByText('Give the id that her tokens carry in sub.').waitFor()
  await page.getByLabel('External User ID').fill('auth0|1')
  const claims = page.getByRole('textbox', { name: 'Additional claims (JSON)' })
  await claims.fill('{"org_id": ')
  await page.getByRole('button', { name: 'View as this user' }).click()
  await page.getByText('This is no JSON object').waitFor()
  await claims.fill('{"org_id": "org_1"}')
  const seen = page.getByRole('region', { name: 'What Postgres will see' })
  expect(await seen.textContent()).toContain('"org_id": "org_1"')
  await page.getByRole('button', { name: 'View as this user' }).click()
  expect(await whoAmI(page)).toEqual({
    role: 'authenticated',
    claims: { role: 'authenticated', sub: 'auth0|1', org_id: 'org_1' },
  })
})

test('who was looked through is kept over a reload, a click away later, and left with one click', async () => {
  const page = await openPicker()
  await page.getByRole('tab', { name: 'External user' }).click()
  await page.getByLabel('External User ID').fill('user_kept')
  await page.getByRole('button', { name: 'View as this user' }).click()
  await page.reload()
  await page.getByText('Viewing as user_kept').waitFor()
  await page.getByRole('button', { name: 'Back to postgres (owner)' }).click()
  await page.getByRole('button', { name: 'Role: postgres (owner)' }).click()
  await page.getByRole('button', { name: /^user_kept/ }).click()
  expect((await whoAmI(page)).claims).toMatchObject({ sub: 'user_kept' })
})

test.each(['anon', 'service_role', 'auditor'])('the role %s is one click', async (name) => {
  const page = await openPicker()
  await page.getByRole('button', { name: new RegExp(`^${name}`) }).click()
  expect(await whoAmI(page)).toEqual({ role: name, claims: { role: name } })
})

test('the picker is accessible and fits 400 pixels', async () => {
  const page = await openPicker(400)
  await expectAccessible(page)
  await expectNoSidewaysScroll(page)
  await page.keyboard.press('Escape')
  await expect.poll(async () => await page.getByRole('dialog').count()).toBe(0)
})
