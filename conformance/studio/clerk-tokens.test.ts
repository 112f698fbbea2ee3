// What a Clerk instance's tokens say, by hand: the tutorial's JWT template, Connect with Supabase, and Sessions →
// Customize session token, on an instance that is not connected yet.

import type { Page } from '@playwright/test'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { writeText } from '../browser/studio/controls.ts'
import { expectAccessible, expectNoSidewaysScroll } from './accessible.ts'
import { askClerk, claimsOf, createUser, tokenOf } from './ask-clerk.ts'
import { openStudio, type Studio } from './open-studio.ts'

let studio: Studio
let ada: string
let bob: string

beforeAll(async () => {
  const config = '[clerk.instances.default]\nconnected_to_supabase = false\n'
  studio = await openStudio({ files: { 'supabase/config.toml': config } })
  ada = await createUser(studio, 'ada', { public_metadata: { plan: 'pro' } })
  bob = await createUser(studio, 'bob')
  await askClerk(studio, 'POST', '/organizations', { name: 'Acme', created_by: ada })
  await studio.sql('create table tasks (id bigint generated always as identity primary key, name text, user_id text)')
  await studio.sql('alter table tasks enable row level security')
  await studio.sql(
    `create policy own on tasks for select to authenticated using ((select auth.jwt() ->> 'sub') = user_id)`,
  )
  await studio.sql(`insert into tasks (name, user_id) values ('of Ada', $1), ('of Bob', $2)`, [ada, bob])
})
afterAll(async () => await studio.close())

/** What the API shows to whoever has a token. */
async function tasksOf(token: string): Promise<unknown> {
  const headers = { apikey: studio.stack.line('PUBLISHABLE_KEY'), authorization: `Bearer ${token}` }
  return await (await fetch(`${studio.stack.line('API_URL')}/rest/v1/tasks?select=name`, { headers })).json()
}

const editorOf = (page: Page) => page.getByRole('textbox', { name: 'Claims', exact: true })

async function newTemplate(page: Page, beginning: 'Blank' | 'Supabase'): Promise<void> {
  await page.getByRole('button', { name: 'New template' }).first().click()
  await page.getByRole('menuitem', { name: beginning }).click()
  await editorOf(page).waitFor()
}

async function previewFor(page: Page, name: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Preview for' }).click()
  await page.getByRole('option', { name }).click()
}

test('the tutorial’s template is made from Supabase’s, and its tokens show two people their own tasks alone', async () => {
  const page = await studio.visit('/clerk/default/jwt-templates')
  await page.getByText('There is no template yet').waitFor()
  await expectAccessible(page)
  await newTemplate(page, 'Supabase')
  expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('supabase')
  expect(await page.getByRole('combobox', { name: 'Signing algorithm' }).innerText()).toBe('HS256')
  expect(await page.getByRole('switch', { name: 'Custom signing key' }).isChecked()).toBe(true)
  expect(await editorOf(page).innerText()).toContain('"aud": "authenticated"')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('Paste the secret that tokens are signed with.').waitFor()
  await page.getByLabel('Signing key', { exact: true }).fill(studio.stack.line('JWT_SECRET'))
  await previewFor(page, 'ada')
  await page.getByLabel('Rendered claims').getByText('"ada@example.com"').waitFor()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByRole('link', { name: 'supabase', exact: true }).waitFor()
  expect(await tasksOf(await tokenOf(studio, ada, 'supabase'))).toEqual([{ name: 'of Ada' }])
  expect(await tasksOf(await tokenOf(studio, bob, 'supabase'))).toEqual([{ name: 'of Bob' }])
})

test('a template is changed without its key being typed again', async () => {
  const page = await studio.visit('/clerk/default/jwt-templates')
  await page.getByRole('link', { name: 'supabase', exact: true }).click()
  await page.getByLabel('Token lifetime').fill('29')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('Whole seconds, from 30 to 315360000.').waitFor()
  await page.getByLabel('Token lifetime').fill('90')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('The template supabase was saved.').waitFor()
  const [template] = await askClerk<{ lifetime: number }[]>(studio, 'GET', '/jwt_templates')
  expect(template).toMatchObject({ lifetime: 90, signing_algorithm: 'HS256', custom_signing_key: true })
  expect(await tasksOf(await tokenOf(studio, ada, 'supabase'))).toEqual([{ name: 'of Ada' }])
})

test('a blank template is refused a taken name at its field, made under another, and deleted', async () => {
  const page = await studio.visit('/clerk/default/jwt-templates')
  await newTemplate(page, 'Blank')
  await page.getByLabel('Name', { exact: true }).fill('supabase')
  await writeText(page, 'Claims', '{"iss": 1}')
  await page.getByText('“iss” is a default claim').waitFor()
  await writeText(page, 'Claims', '{"tier": 3}')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('That name is taken. Please try another.').waitFor()
  await page.getByLabel('Name', { exact: true }).fill('tiers')
  await editorOf(page).press('Control+Enter')
  await page.getByRole('link', { name: 'tiers' }).waitFor()
  await page.getByRole('button', { name: 'Actions for tiers' }).click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await page.getByRole('button', { name: 'Delete template' }).click()
  await page.getByText('The template tiers was deleted.').waitFor()
  expect(await page.getByRole('link', { name: 'tiers' }).count()).toBe(0)
})

test('one button connects with Supabase, says what it changed and shows the domain to paste', async () => {
  expect(await claimsOf(studio, ada)).not.toHaveProperty('role')
  const page = await studio.visit('/clerk/default/connect-supabase')
  await page.getByRole('button', { name: 'Activate Supabase integration' }).click()
  await page.getByText('Session tokens carry the claim role: authenticated.').waitFor()
  const domain = await page.getByRole('button', { name: 'Copy Clerk domain' }).locator('..').locator('code').innerText()
  expect(domain).toBe((await claimsOf(studio, ada)).iss)
  expect(await claimsOf(studio, ada)).toMatchObject({ role: 'authenticated' })
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Disconnect' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Disconnect' }).click()
  await page.getByRole('button', { name: 'Activate Supabase integration' }).waitFor()
  expect(await claimsOf(studio, ada)).not.toHaveProperty('role')
})

test('the session token is customised with a completed shortcode, previewed in an organisation, and minted so', async () => {
  const page = await studio.visit('/clerk/default/sessions')
  await writeText(page, 'Claims', '')
  await editorOf(page).pressSequentially('{"name": "{{user.first')
  await page.getByRole('option', { name: /^user\.first_name/ }).click()
  await expect.poll(async () => await editorOf(page).innerText()).toContain('{{user.first_name}}')
  await writeText(page, 'Claims', `{"plan": "{{user.public_metadata.plan || 'free'}}", "at": "{{org.slug}}"}`)
  await previewFor(page, 'ada')
  const rendered = page.getByLabel('Rendered claims')
  await rendered.getByText('"pro"').waitFor()
  await page.getByRole('combobox', { name: 'In organization' }).click()
  await page.getByRole('option', { name: 'Acme' }).click()
  await rendered.getByText('"acme"').first().waitFor()
  await page.getByText(/^Token: \d+ of 4000 bytes$/).waitFor()
  await expectAccessible(page)
  const claims = await editorOf(page).innerText()
  await writeText(page, 'Claims', '')
  await editorOf(page).pressSequentially('{"plan": "{{user.public_metadata.')
  await page.getByRole('option', { name: /^user\.public_metadata\.plan/ }).click()
  await expect.poll(async () => await editorOf(page).innerText()).toContain('{{user.public_metadata.plan}}')
  await writeText(page, 'Claims', claims)
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('The session token was saved.').waitFor()
  expect(await claimsOf(studio, ada)).toMatchObject({ plan: 'pro', at: 'acme' })
  expect(await claimsOf(studio, bob)).toMatchObject({ plan: 'free' })
})

test('another version of the token is chosen', async () => {
  const page = await studio.visit('/clerk/default/sessions')
  await page.getByRole('combobox', { name: 'Token version' }).click()
  await page.getByRole('option', { name: 'Version 1' }).click()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('The session token was saved.').waitFor()
  const claims = await claimsOf(studio, ada)
  expect([claims['v'], claims['org_role'], claims['o']]).toEqual([undefined, 'org:admin', undefined])
})

test('claims that no token can carry are refused at the editor, and stay there', async () => {
  const page = await studio.visit('/clerk/default/sessions')
  await writeText(page, 'Claims', '{"plan": ')
  await page.getByText('This is not JSON').waitFor()
  expect(await page.getByRole('button', { name: 'Save', exact: true }).isDisabled()).toBe(true)
  await writeText(page, 'Claims', '{"sub": "somebody"}')
  await page.getByText('“sub” is a default claim').waitFor()
  const long = 'x'.repeat(1300)
  await writeText(page, 'Claims', JSON.stringify({ long }))
  await editorOf(page).press('Control+Enter')
  await page.getByText('claims may take at most 1228 bytes.').waitFor()
  expect(await editorOf(page).innerText()).toContain(long)
  await page.getByRole('navigation', { name: 'Studio' }).getByRole('link', { name: 'JWT Templates' }).click()
  await page.getByRole('alertdialog', { name: 'Discard what you have typed?' }).waitFor()
  await page.getByRole('button', { name: 'Cancel' }).click()
  expect(await editorOf(page).innerText()).toContain(long)
})

test('the screens of tokens fit a telephone, in the dark as well', async () => {
  const page = await studio.visit('/clerk/default/sessions', { width: 400, colorScheme: 'dark' })
  for (const screen of ['sessions', 'jwt-templates', 'jwt-templates/new?from=supabase', 'connect-supabase']) {
    await page.goto(`/clerk/default/${screen}`)
    await page.getByRole('heading', { level: 2 }).or(page.getByRole('table')).first().waitFor()
    await expectNoSidewaysScroll(page)
    await expectAccessible(page)
  }
})
