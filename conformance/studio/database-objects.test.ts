// The other screens of Database: triggers, extensions, roles, migrations and the diagram.

import { readdirSync } from 'node:fs'
import { join } from 'node:path'

import type { Locator, Page } from '@playwright/test'
import { afterAll, beforeAll, expect, it } from 'vitest'

import { chooseFrom } from '../browser/studio/controls.ts'
import { expectAccessible, expectNoSidewaysScroll } from './accessible.ts'
import { openStudio, type Studio } from './open-studio.ts'

let studio: Studio
beforeAll(async () => {
  studio = await openStudio({
    files: { 'supabase/migrations/20260101000000_lists.sql': 'create table lists (id int primary key);' },
  })
  await studio.sql(`
    create table "my tasks" (id int primary key, list int references lists, title text);
    alter table "my tasks" enable row level security;
    create function stamp() returns trigger language plpgsql as $$ begin new.title := upper(new.title); return new; end $$`)
})
afterAll(async () => {
  await studio.close()
})

const button = (place: Page | Locator, name: string): Locator => place.getByRole('button', { name, exact: true })

it('a trigger is made, turned off and deleted', async () => {
  const page = await studio.visit('/database/triggers?panel=new')
  const sheet = page.getByRole('dialog')
  await button(sheet, 'Confirm').click()
  await sheet.getByText('Choose the table that it watches').waitFor()
  await sheet.getByText('Choose at least one event').waitFor()
  await sheet.getByLabel('Name of trigger').fill(`stamp "it"`)
  await chooseFrom(page, sheet.getByLabel('Table'), 'my tasks')
  await sheet.getByLabel('Insert').click()
  await chooseFrom(page, sheet.getByLabel('Function to trigger'), 'public.stamp')
  await sheet.getByLabel('Condition').fill('nonsense')
  await button(sheet, 'Confirm').click()
  await sheet.getByRole('alert').getByText('column "nonsense" does not exist').waitFor()
  await expectAccessible(page)
  await sheet.getByLabel('Condition').fill('new.title is not null')
  await button(sheet, 'Confirm').click()
  await sheet.waitFor({ state: 'detached' })
  const insert = `insert into "my tasks" values (1, null, 'a') returning title`
  expect(await studio.sql(insert)).toEqual([{ title: 'A' }])
  await page.getByRole('switch', { name: 'stamp "it" is enabled' }).click()
  await expect
    .poll(async () => await studio.sql(`select tgenabled from pg_trigger where tgname = 'stamp "it"'`))
    .toEqual([{ tgenabled: 'D' }])
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Actions for stamp "it"' }).click()
  await page.getByRole('menuitem', { name: 'Delete trigger' }).click()
  await button(page.getByRole('alertdialog'), 'Delete trigger').click()
  await page.getByText('No table of schema public has a trigger yet').waitFor()
})

it('an extension is enabled into a schema and disabled; what cannot be loaded says why', async () => {
  const page = await studio.visit('/database/extensions')
  await page.getByLabel('Search for an extension').fill('vector')
  await page.getByText('extensions cannot be compiled for it').waitFor()
  expect(await page.getByRole('switch', { name: 'vector is enabled' }).isDisabled()).toBe(true)
  await page.getByLabel('Search for an extension').fill('citext')
  await page.getByRole('switch', { name: 'citext is enabled' }).click()
  const dialog = page.getByRole('dialog')
  expect(await dialog.getByLabel('Schema').inputValue()).toBe('extensions')
  await dialog.getByLabel('Schema').fill('pg_mine')
  await button(dialog, 'Enable extension').click()
  await dialog.getByRole('alert').getByText('unacceptable schema name').waitFor()
  await dialog.getByLabel('Schema').fill('extensions')
  await button(dialog, 'Enable extension').click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByRole('region', { name: 'Enabled' }).getByText('schema extensions').waitFor()
  await studio.sql('create table cased (name extensions.citext)')
  await page.getByRole('switch', { name: 'citext is enabled' }).click()
  const question = page.getByRole('alertdialog')
  await button(question, 'Disable extension').click()
  await question.getByText('column name of table cased depends on type').waitFor()
  await button(question, 'Cancel').click()
  await page.getByLabel('Search for an extension').fill('')
  await expectAccessible(page)
})

it('a role is made, usable by tokens, and its name taken only once', async () => {
  const page = await studio.visit('/database/roles')
  await button(page, 'Add role').click()
  const sheet = page.getByRole('dialog')
  await button(sheet, 'Confirm').click()
  await sheet.getByText('Give the role a name').waitFor()
  await sheet.getByLabel('Name', { exact: true }).fill('anon')
  await button(sheet, 'Confirm').click()
  await sheet.getByRole('alert').getByText('role "anon" already exists').waitFor()
  await sheet.getByLabel('Name', { exact: true }).fill('team lead')
  await chooseFrom(page, sheet.getByLabel('Member of'), 'authenticated')
  await sheet.getByLabel('User can login').click()
  await sheet.getByLabel('Password').fill(`it's a secret`)
  await expectAccessible(page)
  await button(sheet, 'Confirm').click()
  await sheet.waitFor({ state: 'detached' })
  expect(await studio.sql(`select pg_has_role('authenticator', 'team lead', 'set') as usable`)).toEqual([
    { usable: true },
  ])
  await page.getByRole('button', { name: 'Actions for team lead' }).waitFor()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Actions for team lead' }).click()
  await page.getByRole('menuitem', { name: 'Delete role' }).click()
  await button(page.getByRole('alertdialog'), 'Delete role').click()
  await page.getByText('The role team lead was deleted.').waitFor()
})

it('SQL is saved as a migration and run; what fails leaves no file', async () => {
  const page = await studio.visit('/database/migrations')
  await button(page, 'lists').click()
  await page.getByRole('dialog').getByText('create table lists').waitFor()
  await page.keyboard.press('Escape')
  await button(page, 'Save as migration').click()
  const sheet = page.getByRole('dialog')
  await sheet.getByLabel('Name').fill('add notes')
  const editor = sheet.getByRole('textbox', { name: 'SQL' })
  await editor.fill('create table notes (id int);\ncreate tabel more ();')
  await button(sheet, 'Save migration').click()
  await sheet
    .getByRole('alert')
    .getByText(/line 2: syntax error/)
    .waitFor()
  await expectAccessible(page)
  await editor.fill('create table notes (id int);')
  await editor.press('Control+Enter')
  await sheet.waitFor({ state: 'detached' })
  await button(page, 'add_notes').waitFor()
  expect(await studio.sql(`select to_regclass('notes') is not null as there`)).toEqual([{ there: true }])
  const files = readdirSync(join(studio.folder, 'supabase/migrations'))
  expect(files).toEqual(['20260101000000_lists.sql', expect.stringMatching(/^\d{14}_add_notes\.sql$/)])
  await expectAccessible(page)
})

it('the schema is a picture and a list, and a table leads to its rows', async () => {
  const page = await studio.visit('/database/schemas')
  const picture = page.getByRole('application')
  await picture.getByText('my tasks').waitFor()
  await picture.getByText('1 : n').waitFor()
  const list = page.getByRole('region', { name: 'Tables' })
  await list.getByText('list → lists (id)').waitFor()
  expect(await list.getByRole('link', { name: 'my tasks' }).getAttribute('href')).toContain(
    '/table-editor/public/my%20tasks',
  )
  await page.getByRole('link', { name: 'Skip to the list of tables' }).press('Enter')
  await expectAccessible(page)
})

it.each(['schemas', 'triggers', 'extensions', 'roles', 'migrations'])(
  '%s fits a telephone in the dark',
  async (screen) => {
    const page = await studio.visit(`/database/${screen}`, { width: 400, colorScheme: 'dark' })
    await page.getByRole('status').filter({ hasText: 'Loading' }).waitFor({ state: 'detached' })
    await expectNoSidewaysScroll(page)
    await expectAccessible(page)
  },
)
