// Authentication → Policies, by hand: the tutorial's policies, templates for Clerk's ids, and what is refused.

import type { Locator, Page } from '@playwright/test'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { writeText } from '../browser/studio/controls.ts'
import { expectAccessible, expectNoSidewaysScroll } from './accessible.ts'
import { openStudio, type Studio } from './open-studio.ts'

let studio: Studio

beforeAll(async () => {
  studio = await openStudio()
  await studio.sql(`create table tasks (id bigint generated always as identity primary key, name text, user_id text)`)
  await studio.sql(`create index on tasks (user_id)`)
  await studio.sql(`create table notes (id bigint primary key, owner uuid)`)
  await studio.sql(`insert into tasks (name, user_id) values ('hers', 'user_1'), ('his', 'user_2')`)
})
afterAll(async () => await studio.close())

interface PolicyRow {
  readonly policyname: string
  readonly permissive: string
  readonly roles: string
  readonly cmd: string
  readonly qual: string | null
  readonly with_check: string | null
}

async function policies(): Promise<readonly PolicyRow[]> {
  return await studio.sql<PolicyRow>(
    `select policyname, permissive, roles::text, cmd, qual, with_check from pg_policies
     where schemaname = 'public' order by policyname`,
  )
}

async function openPanel(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Create policy', exact: true }).click()
  const panel = page.getByRole('dialog', { name: 'Create a new Row Level Security policy' })
  await panel.waitFor()
  return panel
}

async function chooseTable(page: Page, panel: Locator, table: string): Promise<void> {
  await panel.getByRole('combobox', { name: 'Table on clause' }).click()
  await page.getByRole('option', { name: table }).click()
}

test('RLS is enabled, and policies for reading and adding one’s own tasks are written, by the names on the page', async () => {
  const page = await studio.visit('/auth/policies')
  await page.getByRole('button', { name: 'Enable RLS on tasks' }).click()
  await page.getByRole('button', { name: 'Disable RLS on tasks' }).waitFor()

  const panel = await openPanel(page)
  await panel.getByLabel('Policy Name').fill('Select tasks policy')
  await chooseTable(page, panel, 'tasks')
  await panel.getByRole('radio', { name: 'SELECT' }).check()
  const head = panel.getByLabel('Head of the statement')
  expect(await head.innerText()).toBe(
    'create policy "Select tasks policy"\non "public"."tasks"\nas PERMISSIVE\nfor SELECT\nto public\nusing (',
  )
  await panel.getByText('-- Provide a SQL expression for the using statement').waitFor()
  await writeText(panel, 'USING expression', `auth.jwt()->>'sub' = user_id`)
  await expectAccessible(page)
  await panel.getByRole('button', { name: 'Save policy' }).click()
  await panel.waitFor({ state: 'detached' })

  const second = await openPanel(page)
  await second.getByLabel('Policy Name').fill('Insert tasks policy')
  await chooseTable(page, second, 'tasks')
  await second.getByRole('radio', { name: 'INSERT' }).check()
  await second.getByRole('combobox', { name: 'Target Roles' }).click()
  await page.getByRole('option', { name: 'authenticated', exact: true }).click()
  expect(await second.getByLabel('Head of the statement').innerText()).toMatch(/to authenticated\nwith check \($/)
  await second.getByText('-- Provide a SQL expression for the with check statement').waitFor()
  await writeText(second, 'WITH CHECK expression', `auth.jwt()->>'sub' = user_id`)
  await second.getByRole('button', { name: 'Save policy' }).click()
  await second.waitFor({ state: 'detached' })

  const list = page.getByRole('list', { name: 'Policies on tasks' })
  await list.getByText('Insert tasks policy').waitFor()
  expect(await list.getByRole('listitem').count()).toBe(2)
  const expression = `((auth.jwt() ->> 'sub'::text) = user_id)`
  expect(await policies()).toEqual([
    {
      policyname: 'Insert tasks policy',
      permissive: 'PERMISSIVE',
      roles: '{authenticated}',
      cmd: 'INSERT',
      qual: null,
      with_check: expression,
    },
    {
      policyname: 'Select tasks policy',
      permissive: 'PERMISSIVE',
      roles: '{public}',
      cmd: 'SELECT',
      qual: expression,
      with_check: null,
    },
  ])
  await expectAccessible(page)
})

test('a policy is edited, keeps what is not changed, and is deleted after a question', async () => {
  await studio.sql(`create policy "to edit" on tasks for update to authenticated using (true) with check (false)`)
  const page = await studio.visit('/auth/policies?schema=public&table=tasks')
  await page.getByRole('button', { name: 'Edit policy to edit' }).click()
  const panel = page.getByRole('dialog', { name: 'Update policy' })
  await panel.getByRole('combobox', { name: 'Policy Behavior' }).click()
  await page.getByRole('option', { name: 'Restrictive' }).click()
  await panel.getByLabel('Policy Name').fill('edited')
  await panel.getByRole('button', { name: 'Save policy' }).click()
  await panel.waitFor({ state: 'detached' })
  expect((await policies()).find(({ policyname }) => policyname === 'edited')).toMatchObject({
    permissive: 'RESTRICTIVE',
    cmd: 'UPDATE',
    roles: '{authenticated}',
    qual: 'true',
    with_check: 'false',
  })
  await page.getByText('No permissive policy for UPDATE stands beside this restrictive one').waitFor()
  await page.getByRole('button', { name: 'Delete policy edited' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete policy' }).click()
  await page.getByText('The policy “edited” was deleted.').waitFor()
  expect((await policies()).map(({ policyname }) => policyname)).not.toContain('edited')
})

test('a template fits Clerk’s ids and the table’s column, and a trial says who would see what', async () => {
  const page = await studio.visit('/auth/policies?schema=public&table=tasks&panel=new')
  const panel = page.getByRole('dialog', { name: 'Create a new Row Level Security policy' })
  await panel.getByRole('button', { name: 'People see their own rows' }).click()
  await panel.getByText(`(select auth.jwt()->>'sub') = user_id`).waitFor()
  const name = panel.getByLabel('Policy Name')
  expect(await name.inputValue()).toBe('People see their own rows')
  await panel.getByRole('button', { name: 'People delete their own rows' }).click()
  expect(await name.inputValue()).toBe('People delete their own rows')
  await name.fill('A name of my own')
  await panel.getByRole('button', { name: 'People see their own rows' }).click()
  expect(await name.inputValue()).toBe('A name of my own')
  await panel.getByRole('button', { name: 'Check who would see what' }).click()
  const seen = panel.getByRole('region', { name: 'Rows that each would see' })
  await seen.getByText('Signed out (anon)').waitFor()
  await panel.getByText('The table has 2 rows').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Discard changes' }).click()
  await panel.waitFor({ state: 'detached' })
  expect((await policies()).map(({ policyname }) => policyname)).not.toContain('A name of my own')
})

test('Cancel asks before it loses an expression, and Ctrl+K does not lead away from one', async () => {
  const page = await studio.visit('/auth/policies?schema=public&table=tasks&panel=new')
  const panel = page.getByRole('dialog', { name: 'Create a new Row Level Security policy' })
  await writeText(panel, 'USING expression', 'name is not null')
  await page.keyboard.press('Control+K')
  await panel.getByRole('button', { name: 'Cancel' }).click()
  const question = page.getByRole('alertdialog', { name: 'Discard what you have typed?' })
  await question.getByRole('button', { name: 'Cancel' }).click()
  expect(await panel.getByRole('textbox', { name: 'USING expression' }).innerText()).toBe('name is not null')
  await panel.getByRole('button', { name: 'Cancel' }).click()
  await question.getByRole('button', { name: 'Discard changes' }).click()
  await panel.waitFor({ state: 'detached' })
})

test('what is wrong is told where it is, and nothing that was typed is lost', async () => {
  const page = await studio.visit('/auth/policies?table=tasks&panel=new')
  const panel = page.getByRole('dialog', { name: 'Create a new Row Level Security policy' })
  await panel.getByRole('button', { name: 'Save policy' }).click()
  await panel.getByText('Give the policy a name.').waitFor()
  await panel.getByText('Write an expression that says which rows it is about.').waitFor()
  await panel.getByLabel('Policy Name').fill('Select tasks policy')
  await panel.getByText('tasks has a policy of this name.').waitFor()
  await panel.getByLabel('Policy Name').fill('smuggled')
  await writeText(panel, 'USING expression', 'true); drop table tasks; --')
  await panel.getByRole('button', { name: 'Save policy' }).click()
  await panel.getByText('USING must be one expression, but a ) closes nothing that was opened in it').waitFor()
  await writeText(panel, 'USING expression', 'no_such_column = 1')
  await panel.getByRole('button', { name: 'Save policy' }).click()
  await panel.getByText('column "no_such_column" does not exist').waitFor()
  expect(await panel.getByLabel('Policy Name').inputValue()).toBe('smuggled')
  expect(await studio.sql('select from tasks')).toHaveLength(2)
})

test('a server that is not there, and a policy that another tab changed or removed, lose nothing that was typed', async () => {
  await studio.sql(`create policy shared on tasks for delete using (false)`)
  const page = await studio.visit('/auth/policies?table=tasks&panel=edit&policy=shared')
  const panel = page.getByRole('dialog', { name: 'Update policy' })
  await writeText(panel, 'USING expression', 'name is null')
  await page.route('**/platform/v1/policies/**', async (route) => await route.abort())
  await panel.getByRole('button', { name: 'Save policy' }).click()
  await panel.getByText('The server cannot be reached.').waitFor()
  await page.unroute('**/platform/v1/policies/**')

  await studio.sql(`alter policy shared on tasks using (user_id is null)`)
  await panel.getByRole('button', { name: 'Save policy' }).click()
  await panel.getByText('The policy "shared" on public.tasks was changed since it was read').waitFor()
  await studio.sql(`drop policy shared on tasks`)
  await panel.getByRole('button', { name: 'Save policy' }).click()
  await panel.getByText('There is no policy "shared" on public.tasks').waitFor()
  expect(await panel.getByRole('textbox', { name: 'USING expression' }).innerText()).toBe('name is null')
})

test('disabling RLS asks first, and a table whose policies are not asked says so', async () => {
  const page = await studio.visit('/auth/policies')
  await page.getByRole('button', { name: 'Disable RLS on tasks' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('button', { name: 'Disable RLS on tasks' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Disable RLS' }).click()
  await page.getByRole('button', { name: 'Enable RLS on tasks' }).waitFor()
  await page.getByText('The table has policies, but row level security is disabled').waitFor()
  const rows = await studio.sql(`select relrowsecurity from pg_class where oid = 'tasks'::regclass`)
  expect(rows).toEqual([{ relrowsecurity: false }])
  await page.getByLabel('Filter tables and policies').fill('notes')
  await page.getByRole('button', { name: 'Enable RLS on tasks' }).waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Enable RLS on notes' }).waitFor()
})

test('the screen and the panel fit a telephone, in the dark as well', async () => {
  const page = await studio.visit('/auth/policies', { width: 400, colorScheme: 'dark' })
  await page.getByRole('button', { name: /RLS on tasks/ }).waitFor()
  await expectNoSidewaysScroll(page)
  await expectAccessible(page)
  const panel = await openPanel(page)
  await panel.getByRole('textbox', { name: 'USING expression' }).waitFor()
  await expectNoSidewaysScroll(page)
  await expectAccessible(page)
})
