import type { Locator, Page } from '@playwright/test'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import { expectAccessible, expectNoSidewaysScroll } from './accessible.ts'
import { openStudio, type Studio } from './open-studio.ts'

let studio: Studio

beforeAll(async () => {
  studio = await openStudio()
})
beforeEach(async () => {
  await studio.sql('drop table if exists tasks, people, jobs cascade')
  await studio.sql('drop function if exists requesting_user_id()')
})
afterAll(async () => await studio.close())

async function newTable(
  width = 1280,
  colorScheme: 'light' | 'dark' = 'light',
): Promise<{ page: Page; sheet: Locator }> {
  const page = await studio.visit('/database/tables', { width, colorScheme })
  await page.getByRole('button', { name: 'New table' }).click()
  const sheet = page.getByRole('dialog', { name: 'Create a new table' })
  await sheet.waitFor()
  return { page, sheet }
}

const column = (sheet: Locator, place: number): Locator =>
  sheet.getByRole('group', { name: `Column ${place}`, exact: true })

async function chooseType(page: Page, row: Locator, type: string): Promise<void> {
  await row.getByRole('combobox', { name: 'Type' }).click()
  await page.getByPlaceholder('Search or type your own').fill(type)
  await page
    .getByRole('option')
    .filter({ has: page.getByText(type, { exact: true }) })
    .last()
    .click()
}

async function addColumn(page: Page, sheet: Locator, place: number, name: string, type: string): Promise<Locator> {
  await sheet.getByRole('button', { name: 'Add column' }).click()
  const row = column(sheet, place)
  await row.getByLabel('Name', { exact: true }).fill(name)
  await chooseType(page, row, type)
  return row
}

async function save(page: Page, sheet: Locator): Promise<void> {
  await sheet.getByRole('button', { name: 'Save', exact: true }).click()
  await sheet.waitFor({ state: 'detached' })
  await page.getByRole('status').filter({ hasText: 'The table' }).first().waitFor()
}

const columnsOf = async (table: string) =>
  await studio.sql(
    `select column_name as name, data_type as type, column_default as default, is_nullable as nullable, is_identity as identity
     from information_schema.columns where table_schema = 'public' and table_name = $1 order by ordinal_position`,
    [table],
  )

test('the tutorial’s table is made with its own labels, and the function as a default', async () => {
  await studio.sql(
    `create function requesting_user_id() returns text language sql stable as $$ select auth.jwt()->>'sub' $$`,
  )
  const { page, sheet } = await newTable()
  await sheet.getByLabel('Name', { exact: true }).first().fill('tasks')
  await sheet.getByLabel('Description').first().fill('What is to be done')
  expect(await sheet.getByLabel('Enable Row Level Security').isChecked()).toBe(true)
  await sheet.getByLabel('Enable Realtime').click()
  await column(sheet, 2).getByRole('button', { name: 'Remove column 2' }).click()
  await addColumn(page, sheet, 2, 'name', 'text')
  const own = await addColumn(page, sheet, 3, 'user_id', 'text')
  await own.getByLabel('Default Value').fill('requesting_user_id()')
  await own.getByText('the default is SQL').waitFor()
  const typed = await addColumn(page, sheet, 4, 'sub', 'text')
  await typed.getByRole('button', { name: 'Suggested defaults' }).click()
  await page.getByRole('menuitem', { name: `auth.jwt()->>'sub'` }).click()
  await expectAccessible(page)
  await save(page, sheet)
  expect(await columnsOf('tasks')).toEqual([
    { name: 'id', type: 'bigint', default: null, nullable: 'NO', identity: 'YES' },
    { name: 'name', type: 'text', default: null, nullable: 'YES', identity: 'NO' },
    { name: 'user_id', type: 'text', default: 'requesting_user_id()', nullable: 'YES', identity: 'NO' },
    { name: 'sub', type: 'text', default: `(auth.jwt() ->> 'sub'::text)`, nullable: 'YES', identity: 'NO' },
  ])
  const row = page.getByRole('row', { name: /tasks/ })
  await row.getByRole('cell', { name: 'RLS, no policies' }).waitFor()
  await row.getByText('Realtime').waitFor()
})

test('the gear of a column decides about null, uniqueness, identity, arrays and a check', async () => {
  const { page, sheet } = await newTable()
  await sheet.getByLabel('Name', { exact: true }).first().fill('tasks')
  const row = await addColumn(page, sheet, 3, 'tags', 'text')
  await row.getByRole('button', { name: 'Column settings' }).click()
  const settings = page.getByRole('dialog', { name: 'Column settings' })
  await settings.getByLabel('Is Nullable').click()
  await settings.getByLabel('Is Unique').click()
  await settings.getByLabel('Define as Array').click()
  await settings.getByLabel('Check constraint').fill('array_length(tags, 1) < 5')
  expect(await settings.getByLabel('Is Identity').isDisabled()).toBe(true)
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await row.getByText('array · not null · unique · checked').waitFor()
  await save(page, sheet)
  const constraints = await studio.sql(
    `select pg_get_constraintdef(oid) as definition from pg_constraint where conrelid = 'tasks'::regclass and contype in ('u', 'c')`,
  )
  expect(constraints).toHaveLength(2)
  expect(await columnsOf('tasks')).toContainEqual(
    expect.objectContaining({ name: 'tags', type: 'ARRAY', nullable: 'NO' }),
  )
})

test('without Row Level Security the form warns', async () => {
  const { page, sheet } = await newTable()
  await sheet.getByLabel('Name', { exact: true }).first().fill('tasks')
  await sheet.getByLabel('Enable Row Level Security').click()
  await sheet.getByText('The table is open.').waitFor()
  await save(page, sheet)
  await page.getByRole('row', { name: /tasks/ }).getByRole('cell', { name: 'RLS disabled' }).waitFor()
  expect(await studio.sql(`select relrowsecurity as on from pg_class where relname = 'tasks'`)).toEqual([{ on: false }])
})

test('what is missing or there twice is told at its field, and nothing typed is lost', async () => {
  const { page, sheet } = await newTable()
  await sheet.getByRole('button', { name: 'Add column' }).click()
  await column(sheet, 3).getByLabel('Name', { exact: true }).fill('id')
  await sheet.getByRole('button', { name: 'Save', exact: true }).click()
  await sheet.getByText('The table needs a name').waitFor()
  await column(sheet, 3).getByText('Two columns are named “id”').waitFor()
  await expectAccessible(page)
  await studio.sql('create table people (id int)')
  await sheet.getByLabel('Name', { exact: true }).first().fill('people')
  await column(sheet, 3).getByLabel('Name', { exact: true }).fill('email')
  await chooseType(page, column(sheet, 3), 'text')
  await sheet.getByRole('button', { name: 'Save', exact: true }).click()
  await sheet.getByText('This name is taken').waitFor()
  await sheet.getByLabel('Name', { exact: true }).first().fill('tasks')
  await column(sheet, 3).getByLabel('Default Value').fill('nothing_like_it()')
  await sheet.getByRole('button', { name: 'Save', exact: true }).click()
  await sheet.getByRole('alert').filter({ hasText: 'nothing_like_it() does not exist' }).waitFor()
  expect(await column(sheet, 3).getByLabel('Name', { exact: true }).inputValue()).toBe('email')
  await page.keyboard.press('Escape')
  await page
    .getByRole('alertdialog', { name: 'Discard what you have typed?' })
    .getByRole('button', { name: 'Cancel' })
    .click()
  await column(sheet, 3).getByLabel('Default Value').fill('')
  await save(page, sheet)
})

test('a foreign key is added to the table that it refers to', async () => {
  await studio.sql('create table people (id bigint primary key)')
  const { page, sheet } = await newTable()
  await sheet.getByLabel('Name', { exact: true }).first().fill('tasks')
  await addColumn(page, sheet, 3, 'person', 'int8')
  await sheet.getByRole('button', { name: 'Add foreign key relation' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add foreign key relationship to tasks' })
  await dialog.getByRole('button', { name: 'Save relation' }).click()
  await dialog.getByText('Choose the table to refer to.').waitFor()
  await dialog.getByRole('combobox', { name: 'Select a table to reference to' }).click()
  await page.getByRole('option', { name: 'people' }).click()
  await dialog.getByRole('combobox', { name: 'Column 1', exact: true }).click()
  await page.getByRole('option', { name: 'person' }).click()
  await dialog.getByRole('combobox', { name: 'Action if referenced row is removed' }).click()
  await page.getByRole('option', { name: 'Cascade' }).click()
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Save relation' }).click()
  await save(page, sheet)
  const keys = await studio.sql(
    `select pg_get_constraintdef(oid) as definition from pg_constraint where conrelid = 'tasks'::regclass and contype = 'f'`,
  )
  expect(keys).toEqual([{ definition: 'FOREIGN KEY (person) REFERENCES people(id) ON DELETE CASCADE' }])
})

test('the statements can be read before they run', async () => {
  const { page, sheet } = await newTable()
  await sheet.getByLabel('Name', { exact: true }).first().fill('tasks')
  await sheet.getByRole('button', { name: 'View SQL' }).click()
  const dialog = page.getByRole('dialog', { name: 'What saving runs' })
  await dialog.getByText('generated by default as identity').waitFor()
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  expect(await studio.sql(`select to_regclass('tasks') as made`)).toEqual([{ made: null }])
})

test('a table is edited, and a form that somebody overtook says so', async () => {
  await studio.sql(`create table tasks (id bigint primary key, name text default 'x')`)
  const page = await studio.visit('/database/tables')
  await page.getByRole('button', { name: 'tasks', exact: true }).click()
  const sheet = page.getByRole('dialog', { name: 'Edit table tasks' })
  await column(sheet, 2).getByLabel('Name', { exact: true }).fill('title')
  await studio.sql('alter table tasks add later int')
  await sheet.getByRole('button', { name: 'Save', exact: true }).click()
  await sheet.getByRole('alert').filter({ hasText: 'were changed by somebody else' }).waitFor()
  expect(await column(sheet, 2).getByLabel('Name', { exact: true }).inputValue()).toBe('title')
  await sheet.getByRole('button', { name: 'Discard this and read the table again' }).click()
  await column(sheet, 3).waitFor()
  await column(sheet, 2).getByLabel('Name', { exact: true }).fill('title')
  await sheet.getByRole('button', { name: 'Remove column 3' }).click()
  await sheet.getByLabel('Name', { exact: true }).first().fill('jobs')
  await save(page, sheet)
  expect(await columnsOf('jobs')).toMatchObject([{ name: 'id' }, { name: 'title', default: `'x'::text` }])
})

test('values that no cast converts are converted by an expression', async () => {
  await studio.sql('create table tasks (id bigint primary key, rank text)')
  await studio.sql(`insert into tasks values (1, 'high')`)
  const page = await studio.visit('/database/tables')
  await page.getByRole('button', { name: 'tasks', exact: true }).click()
  const sheet = page.getByRole('dialog', { name: 'Edit table tasks' })
  const row = column(sheet, 2)
  await row.waitFor()
  await chooseType(page, row, 'bool')
  await sheet.getByRole('button', { name: 'Save', exact: true }).click()
  await sheet.getByRole('alert').filter({ hasText: 'invalid input syntax for type boolean' }).waitFor()
  await row.getByRole('button', { name: 'Column settings' }).click()
  await page.getByLabel('Convert values with').fill(`rank = 'high'`)
  await page.keyboard.press('Escape')
  await save(page, sheet)
  expect(await studio.sql('select rank from tasks')).toEqual([{ rank: true }])
})

test('a table is deleted from its sheet once its name is typed', async () => {
  await studio.sql('create table tasks (id bigint primary key)')
  const page = await studio.visit('/table-editor/public/tasks')
  await page.getByRole('button', { name: 'Edit table' }).click()
  const sheet = page.getByRole('dialog', { name: 'Edit table tasks' })
  await sheet.getByRole('button', { name: 'Delete table' }).click()
  const question = page.getByRole('alertdialog', { name: 'Delete table tasks?' })
  await question.getByLabel('Type tasks to confirm').fill('tasks')
  await question.getByRole('button', { name: 'Delete table' }).click()
  // The question hides the sheet from whoever asks by role; the address changes once the table is gone.
  await page.waitForURL((url) => url.pathname === '/table-editor')
  await sheet.waitFor({ state: 'detached' })
  expect(await studio.sql(`select to_regclass('tasks') as there`)).toEqual([{ there: null }])
})

test.each([
  ['light', 1280],
  ['dark', 400],
] as const)('the sheet is accessible and fits in %s at %i', async (colorScheme, width) => {
  const { page, sheet } = await newTable(width, colorScheme)
  await column(sheet, 1).getByRole('button', { name: 'Column settings' }).click()
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expectAccessible(page)
  await expectNoSidewaysScroll(page)
})
