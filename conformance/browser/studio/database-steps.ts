// What the tutorials do in the database half of Studio, by the names on its screens.

import type { Locator, Page } from '@playwright/test'

import { screenshot } from '../walk/screenshot.ts'
import { chooseFrom, chooseOption, writeText } from './controls.ts'

/** Goes to a screen by the sidebar. */
export async function goTo(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Studio' }).getByRole('link', { name, exact: true }).click()
}

/** Database → Functions → Create a new function: `requesting_user_id()`, in SQL. */
export async function createFunction(page: Page): Promise<void> {
  await goTo(page, 'Functions')
  await page.getByRole('button', { name: 'Create a new function' }).first().click()
  const sheet = page.getByRole('dialog', { name: 'Create a new function' })
  await sheet.getByLabel('Name of function').fill('requesting_user_id')
  await chooseFrom(page, sheet.getByRole('combobox', { name: 'Return type' }), 'text')
  await sheet.getByText('Show advanced settings').click()
  await chooseOption(page, sheet.getByRole('combobox', { name: 'Language' }), 'sql')
  await chooseOption(page, sheet.getByRole('combobox', { name: 'Behavior' }), 'stable')
  await writeText(
    sheet,
    'Definition',
    `select nullif(current_setting('request.jwt.claims', true)::json->>'sub', '')::text;`,
  )
  await screenshot(page, 'tutorial-function')
  await sheet.getByRole('button', { name: 'Confirm' }).click()
  await sheet.waitFor({ state: 'detached' })
}

/** Table Editor → New table: `tasks`, with Row Level Security and an owner by default. */
export async function createTable(page: Page): Promise<void> {
  await goTo(page, 'Table Editor')
  await page.getByRole('button', { name: 'New table' }).first().click()
  const sheet = page.getByRole('dialog', { name: 'Create a new table' })
  await sheet.getByLabel('Name', { exact: true }).first().fill('tasks')
  await addColumn(page, sheet, { name: 'name', type: 'text' })
  await addColumn(page, sheet, { name: 'is_done', type: 'bool', default: 'false' })
  await addColumn(page, sheet, { name: 'user_id', type: 'text', default: 'requesting_user_id()' })
  await screenshot(page, 'tutorial-table')
  await sheet.getByRole('button', { name: 'Save' }).click()
  await sheet.waitFor({ state: 'detached' })
}

interface ColumnStep {
  readonly name: string
  readonly type: string
  readonly default?: string
}

async function addColumn(page: Page, sheet: Locator, column: ColumnStep): Promise<void> {
  await sheet.getByRole('button', { name: 'Add column' }).click()
  const row = sheet.getByRole('group', { name: /^Column \d+$/ }).last()
  await row.getByRole('textbox', { name: 'Name', exact: true }).fill(column.name)
  await chooseFrom(page, row.getByRole('combobox', { name: 'Type' }), column.type)
  if (column.default !== undefined) await row.getByRole('textbox', { name: 'Default Value' }).fill(column.default)
}

interface PolicyStep {
  readonly name: string
  readonly command: 'SELECT' | 'INSERT'
  readonly expression: string
}

/** Authentication → Policies → Create policy. */
export async function createPolicy(page: Page, { name, command, expression }: PolicyStep): Promise<void> {
  await goTo(page, 'Policies')
  await page.getByRole('button', { name: 'Create policy', exact: true }).click()
  const panel = page.getByRole('dialog', { name: 'Create a new Row Level Security policy' })
  await panel.getByLabel('Policy Name').fill(name)
  await chooseFrom(page, panel.getByRole('combobox', { name: 'Table on clause' }), 'tasks')
  await panel.getByRole('radio', { name: command }).check()
  await chooseFrom(page, panel.getByRole('combobox', { name: 'Target Roles' }), 'authenticated')
  await writeText(panel, command === 'SELECT' ? 'USING expression' : 'WITH CHECK expression', expression)
  if (command === 'SELECT') await screenshot(page, 'tutorial-policy')
  await panel.getByRole('button', { name: 'Save policy' }).click()
  await panel.waitFor({ state: 'detached' })
}

/** Authentication → Third-Party Auth → Add provider → Clerk, with the domain as Clerk shows it. */
export async function addClerk(page: Page, domain: string): Promise<void> {
  await goTo(page, 'Third-Party Auth')
  await page.getByRole('button', { name: 'Add provider' }).first().click()
  await page.getByRole('menuitem', { name: 'Clerk' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Clerk Domain').fill(domain)
  await dialog.getByRole('button', { name: 'Create connection' }).click()
  await page.getByText('Keys found').waitFor()
  await screenshot(page, 'tutorial-third-party')
}

/** Project Settings → API: the JWT secret, revealed. */
export async function jwtSecret(page: Page): Promise<string> {
  await page.getByRole('region', { name: 'Project Settings' }).getByRole('link', { name: 'API', exact: true }).click()
  await page.getByRole('button', { name: 'Reveal JWT Secret' }).click()
  const secret = page.locator('code').filter({ hasText: /^super-secret/ })
  await screenshot(page, 'tutorial-api')
  return await secret.innerText()
}

/** SQL Editor: text, then Run. */
export async function runSql(page: Page, text: string): Promise<void> {
  await goTo(page, 'SQL Editor')
  await writeText(page, 'SQL query', text)
  await page.getByRole('button', { name: 'Run', exact: true }).click()
}
