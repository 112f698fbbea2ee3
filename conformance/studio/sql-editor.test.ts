// The SQL Editor, by hand: the tutorial's way through it, what is refused, and that nothing typed is ever lost.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import type { Locator, Page } from '@playwright/test'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { expectAccessible, expectNoSidewaysScroll } from './accessible.ts'
import { openStudio, type Studio } from './open-studio.ts'

let studio: Studio

beforeAll(async () => {
  studio = await openStudio()
  await studio.sql(`
    create table notes (id int primary key, owner text not null, body text);
    alter table notes enable row level security;
    create policy own on notes to authenticated using ((select auth.jwt() ->> 'sub') = owner);
    insert into notes values (1, 'user_a', 'of a'), (2, 'user_b', 'of b')`)
})
afterAll(async () => await studio.close())

const editorOf = (page: Page): Locator => page.getByRole('textbox', { name: 'SQL query' })
const results = (page: Page): Locator => page.getByRole('region', { name: 'Results' })

async function open(path = '/sql', width = 1280): Promise<Page> {
  const page = await studio.visit(path, { width })
  await editorOf(page).waitFor()
  return page
}

/** Puts a text in place of what is in the editor. */
async function write(page: Page, sql: string): Promise<void> {
  await editorOf(page).fill(sql)
}

async function run(page: Page, sql: string): Promise<void> {
  await write(page, sql)
  await editorOf(page).press('Control+Enter')
}

/** The cells in sight, row by row. */
async function cells(page: Page): Promise<string[]> {
  await results(page).getByRole('gridcell').first().waitFor()
  return await results(page).getByRole('gridcell').allTextContents()
}

async function viewAs(page: Page, id: string): Promise<void> {
  await page.getByRole('button', { name: /Change whose eyes/ }).click()
  await page.getByRole('tab', { name: 'External user' }).click()
  await page.getByLabel('External User ID').fill(id)
  await page.getByRole('button', { name: 'View as this user' }).click()
  await page.getByText(`Viewing as ${id}`).waitFor()
}

test('the tutorial’s function, table and policies are a click and Run each', async () => {
  const page = await open()
  for (const step of ['Function requesting_user_id', 'Table tasks', 'Policies on tasks']) {
    await page.getByRole('button', { name: new RegExp(`^${step}`) }).click()
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    await page.getByText('Success. No rows returned').waitFor()
  }
  const [made] = await studio.sql<{ policies: string; secured: boolean; owner: string }>(`
    select (select count(*) from pg_policies where tablename = 'tasks') as policies, relrowsecurity as secured,
      (select column_default from information_schema.columns where table_name = 'tasks' and column_name = 'user_id') as owner
    from pg_class where relname = 'tasks'`)
  expect(made).toEqual({ policies: '4', secured: true, owner: 'requesting_user_id()' })
})

test('an error stands at its line, says what became of the rest, and leaves the text alone', async () => {
  const page = await open()
  const text = 'create view half as select 1;\nselect nothing_here\n  from notes'
  await run(page, text)
  const alert = results(page).getByRole('alert')
  await alert.getByText('ERROR: column "nothing_here" does not exist').waitFor()
  expect(await alert.textContent()).toContain('Line 2, column 8, in statement 2')
  expect(await alert.textContent()).toContain('rolled back')
  expect(await page.locator('.cm-problem').textContent()).toBe('nothing_here')
  expect(await studio.sql(`select to_regclass('half') as half`)).toEqual([{ half: null }])
  expect(await page.locator('.cm-line').allTextContents()).toEqual(text.split('\n'))
})

test('only the selection is run, and its error stands at the right line', async () => {
  const page = await open()
  await write(page, 'select 1 as one;\nselect wrong')
  await editorOf(page).press('Control+Home')
  await editorOf(page).press('Shift+ArrowDown')
  await page.getByRole('button', { name: 'Run selected' }).click()
  expect(await cells(page)).toEqual(['1'])
  await editorOf(page).press('Control+End')
  await editorOf(page).press('Shift+Home')
  await page.getByRole('button', { name: 'Run selected' }).click()
  await results(page).getByText('Line 2, column 8').waitFor()
})

test('whatever would be taken away is said in words first', async () => {
  await studio.sql('create table doomed (id int)')
  const page = await open()
  await run(page, "-- drop table notes\nselect 'truncate notes';\ndrop table doomed cascade;\ndelete from notes")
  const question = page.getByRole('alertdialog')
  await question.waitFor()
  expect(await question.getByRole('listitem').allTextContents()).toEqual([
    'Drops table doomed and everything that depends on it. (line 3)',
    'Deletes every row of notes: it has no WHERE. (line 4)',
  ])
  await expectAccessible(page)
  await question.getByRole('button', { name: 'Cancel' }).click()
  expect(await studio.sql(`select count(*)::int as n from notes`)).toEqual([{ n: 2 }])
  await run(page, 'drop table doomed')
  await question.getByRole('button', { name: 'Run this query' }).click()
  await page.getByText('Success. No rows returned').waitFor()
  expect(await studio.sql(`select to_regclass('doomed') as doomed`)).toEqual([{ doomed: null }])
})

test('a table that anybody could reach is made with Row Level Security by one press', async () => {
  const page = await open()
  await run(page, 'create table "open door" (id int) -- to all')
  const question = page.getByRole('alertdialog', { name: 'This query makes a table that anybody can reach' })
  await question.waitFor()
  await expectAccessible(page)
  await question.getByRole('button', { name: 'Enable RLS and run' }).click()
  await page.getByText('Success. No rows returned').waitFor()
  const secured = `select relrowsecurity as secured from pg_class where relname = 'open door'`
  expect(await studio.sql(secured)).toEqual([{ secured: true }])
})

test('a query that was run becomes a migration that is not run again', async () => {
  const page = await open()
  await run(page, 'create table kept (id int primary key);\nalter table kept enable row level security')
  await page.getByText('Success. No rows returned').waitFor()
  await page.getByRole('button', { name: 'More about this query' }).click()
  await page.getByRole('menuitem', { name: 'Save as migration…' }).click()
  const sheet = page.getByRole('dialog', { name: 'Save as migration' })
  await expectAccessible(page)
  await sheet.getByRole('button', { name: 'Save migration' }).click()
  await sheet.getByText('Give the migration a name').waitFor()
  expect(await sheet.getByRole('textbox', { name: 'SQL', exact: true }).innerText()).toContain('create table kept')
  await sheet.getByLabel('Name').fill('keep')
  await sheet.getByRole('button', { name: 'Save migration' }).click()
  await sheet.waitFor({ state: 'detached' })
  const files = readdirSync(join(studio.folder, 'supabase/migrations'))
  expect(files).toEqual([expect.stringMatching(/^\d{14}_keep\.sql$/)])
  const [noted] = await studio.sql<{ name: string }>('select name from supabase_migrations.schema_migrations')
  expect(noted).toEqual({ name: 'keep' })
})

test('two people see each her own rows, and the owner sees all again with one click', async () => {
  const page = await open()
  await run(page, 'select body from notes order by id')
  expect(await cells(page)).toEqual(['of a', 'of b'])
  for (const person of ['a', 'b']) {
    await viewAs(page, `user_${person}`)
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    await results(page).getByText(`as user_${person}`).waitFor()
    expect(await cells(page)).toEqual([`of ${person}`])
  }
  await page.getByRole('button', { name: 'Back to postgres (owner)' }).click()
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await results(page).getByText('2 rows').waitFor()
})

test('a reload keeps what was typed, in every tab', async () => {
  const page = await open()
  await write(page, 'select 1 -- first')
  await page.getByRole('button', { name: 'New query' }).click()
  await write(page, 'select 2 -- second')
  await page.reload()
  await expect.poll(async () => await editorOf(page).textContent()).toBe('select 2 -- second')
  await page.getByRole('button', { name: 'Untitled query 1 (unsaved)', exact: true }).click()
  await expect.poll(async () => await editorOf(page).textContent()).toBe('select 1 -- first')
})

test('a query is saved as a file, has an address, and never overwrites what an editor wrote meanwhile', async () => {
  const page = await open()
  await write(page, 'select 1')
  await editorOf(page).press('Control+s')
  await page.getByLabel('Name').fill('../away')
  await page.getByLabel('Name').press('Enter')
  await page.getByRole('dialog').getByRole('alert').getByText('a name has none of').waitFor()
  await page.getByLabel('Name').fill('My query')
  await page.getByLabel('Name').press('Enter')
  await page.waitForURL('**/sql/My%20query')
  const file = join(studio.stack.folder, 'supabase', 'snippets', 'My query.sql')
  expect(readFileSync(file, 'utf8')).toBe('select 1')

  writeFileSync(file, 'of an editor')
  await write(page, 'select 2')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'The file is not what you opened' })
  await dialog.getByText('The query My query was changed since it was read').waitFor()
  await dialog.getByLabel('Name').fill('My other query')
  await dialog.getByRole('button', { name: 'Save under this name' }).click()
  await page.waitForURL('**/sql/My%20other%20query')
  expect(readFileSync(file, 'utf8')).toBe('of an editor')

  const other = await studio.tabOf(page, '/sql/My%20query')
  await expect.poll(async () => await editorOf(other).textContent()).toBe('of an editor')
  await other.getByRole('button', { name: 'More about this query' }).click()
  await other.getByRole('menuitem', { name: 'Delete…' }).click()
  await other.getByRole('button', { name: 'Delete query' }).click()
  await other.getByRole('button', { name: 'My query (unsaved)' }).waitFor()
  await page.goto('/sql/My%20query')
  await page.getByText('There is no query named My query').waitFor()
})

test('closing a query that is not saved asks first', async () => {
  const page = await open()
  await write(page, 'select 1')
  await page.getByRole('button', { name: 'Close Untitled query 1' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click()
  expect(await editorOf(page).textContent()).toBe('select 1')
})

test('a running query is cancelled', async () => {
  const page = await open()
  await run(page, 'select pg_sleep(300)')
  await page.getByRole('button', { name: 'Cancel', exact: true }).click()
  await results(page).getByText('The query was cancelled.').waitFor()
  expect(
    await studio.sql(`select 1 from pg_stat_activity where query like 'select pg_sleep(300)%' and state = 'active'`),
  ).toEqual([])
})

test('a server that is gone is told, and nothing typed is lost', async () => {
  const page = await open()
  await page.route('**/platform/v1/query/**', async (route) => await route.abort())
  await run(page, 'select 1')
  await results(page).getByText('The server cannot be reached.').waitFor()
  expect(await editorOf(page).textContent()).toBe('select 1')
})

test('of very many rows those in sight are drawn, and a key shows a value whole', async () => {
  const page = await open()
  await page.getByRole('combobox', { name: 'Row limit' }).click()
  await page.getByRole('option', { name: '10,000 rows' }).click()
  await run(page, `select generate_series(1, 1000000) as n, '{"a": [1, 2]}'::jsonb as data`)
  await results(page).getByText('first 10,000 rows, there are more').waitFor()
  const grid = results(page).getByRole('grid')
  expect(await grid.getByRole('row').count()).toBeLessThan(100)
  await grid.focus()
  for (const key of ['PageDown', 'PageDown', 'ArrowRight']) await grid.press(key)
  const cursor = grid.getByRole('gridcell', { selected: true })
  await cursor.waitFor()
  const [cell, box] = [await cursor.boundingBox(), await grid.boundingBox()]
  expect((cell?.y ?? 0) + (cell?.height ?? 0)).toBeLessThanOrEqual((box?.y ?? 0) + (box?.height ?? 0))
  await grid.press('Enter')
  await page.getByRole('dialog', { name: 'data' }).getByText('"a"').waitFor()
})

test('a plan is shown as a tree, and what was analyzed is undone', async () => {
  const page = await open()
  await write(page, `insert into notes select n, 'user_x' from generate_series(100, 110) n`)
  await page.getByRole('button', { name: 'Explain', exact: true }).click()
  await page.getByRole('menuitem', { name: /^Explain analyze/ }).click()
  const plan = page.getByRole('list', { name: 'Query plan' })
  await plan.getByText('Insert on public.notes').waitFor()
  await plan.getByText('11 actual').first().waitFor()
  expect(await studio.sql(`select count(*)::int as n from notes where id >= 100`)).toEqual([{ n: 0 }])
  await expectAccessible(page)
})

test('the catalog completes names', async () => {
  const page = await open()
  await editorOf(page).pressSequentially('select bod')
  await write(page, '')
  await editorOf(page).pressSequentially('select * from not')
  await page.getByRole('option', { name: 'notes', exact: true }).click()
  await expect.poll(async () => await editorOf(page).textContent()).toBe('select * from notes')
})

test.each([
  [1280, 'light'],
  [1280, 'dark'],
  [400, 'light'],
] as const)('the screen is accessible %i pixels wide, %s, and never scrolls sideways', async (width, colorScheme) => {
  const page = await studio.visit('/sql', { width, colorScheme })
  await editorOf(page).waitFor()
  await run(page, 'select * from notes order by id; select 1 as one')
  await cells(page)
  await expectAccessible(page)
  await expectNoSidewaysScroll(page)
})
