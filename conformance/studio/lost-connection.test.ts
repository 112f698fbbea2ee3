// The server goes away while somebody types, and comes back: each screen says so, and nothing typed is lost.

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { Browser, Locator, Page } from '@playwright/test'
import { sendSignal } from '@tenon/testing'
import { Client, type QueryResultRow } from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'

import { openBrowser, openPerson, type Person } from '../browser/chromium/open-browser.ts'
import { type RunningStack, startStack } from '../running-stack.ts'
import { expectAccessible } from './accessible.ts'
import { signedIn } from './open-studio.ts'

const folder = mkdtempSync(join(tmpdir(), 'tenon-lost-'))
let stack: RunningStack
let browser: Browser
let person: Person

beforeAll(async () => {
  mkdirSync(join(folder, 'supabase'))
  stack = await startStack({ folder })
  browser = await openBrowser()
  person = await openPerson(browser, stack.line('STUDIO_URL'))
  await signInAgain()
  await sql('create table tasks (id int primary key, name text); alter table tasks enable row level security')
  await sql(`insert into tasks values (1, 'one'), (2, 'two')`)
})
afterAll(async () => {
  await browser.close()
  await stack.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function sql<Row extends QueryResultRow>(text: string): Promise<readonly Row[]> {
  const client = new Client(stack.line('DB_URL'))
  await client.connect()
  const { rows } = await client.query<Row>(text)
  await client.end()
  return rows
}

/** As somebody does who opens the link of `tenon studio` in another tab. */
async function signInAgain(): Promise<void> {
  await person.context.addCookies([...(await signedIn(browser, stack.line('STUDIO_URL'), folder))])
}

/** At the addresses it had. */
async function startAgain(): Promise<void> {
  const portOf = (line: string): string => new URL(stack.line(line)).port
  const ports = { api: 'API_URL', db: 'DB_URL', mailbox: 'MAILBOX_URL', clerk: 'CLERK_API_URL', studio: 'STUDIO_URL' }
  const args = Object.entries(ports).flatMap(([name, line]) => [`--${name}-port`, portOf(line)])
  stack = await startStack({ folder, args })
}

async function kill(): Promise<void> {
  const ended = new Promise((done) => stack.process.once('exit', done))
  stack.process.kill('SIGKILL')
  await ended
}

async function open(path: string): Promise<Page> {
  const page = await person.context.newPage()
  await page.setViewportSize({ width: 1280, height: 860 })
  await page.goto(path)
  await page.locator('h1').waitFor()
  return page
}

async function editCell(page: Page, text: string): Promise<Locator> {
  await page.locator('#cell-1-1').getByText('two').waitFor()
  await page.locator('#cell-0-1').dblclick()
  const box = page.getByRole('textbox', { name: 'name' })
  await box.fill(text)
  return box
}

const sessionOver = (page: Page): Locator => page.getByRole('alertdialog', { name: 'Your session is over' })
const save = (within: Page | Locator): Locator => within.getByRole('button', { name: 'Save', exact: true })

interface Typing {
  readonly page: Page
  /** Where what cannot be reached is told. */
  readonly place: Locator
  readonly typed: () => Promise<string>
  readonly press: () => Promise<void>
  readonly saved: () => Promise<unknown>
}

async function inTheGrid(): Promise<Typing> {
  const page = await open('/table-editor/public/tasks')
  const box = await editCell(page, 'typed in the grid')
  return {
    page,
    place: page.getByRole('dialog', { name: 'Change name' }).getByRole('alert'),
    typed: async () => await box.inputValue(),
    press: async () => await save(page).click(),
    saved: async () =>
      await expect.poll(() => sql('select name from tasks where id = 1')).toEqual([{ name: 'typed in the grid' }]),
  }
}

async function inTheTableSheet(): Promise<Typing> {
  const page = await open('/database/tables')
  await page.getByRole('button', { name: 'New table' }).click()
  const sheet = page.getByRole('dialog', { name: 'Create a new table' })
  const name = sheet.getByLabel('Name', { exact: true }).first()
  await name.fill('typed_table')
  return {
    page,
    place: sheet.getByRole('alert'),
    typed: async () => await name.inputValue(),
    press: async () => await save(sheet).click(),
    saved: async () =>
      await expect
        .poll(() => sql(`select to_regclass('typed_table')::text as name`))
        .toEqual([{ name: 'typed_table' }]),
  }
}

async function inThePolicyPanel(): Promise<Typing> {
  const page = await open('/auth/policies')
  await page.getByRole('button', { name: 'Create policy', exact: true }).click()
  const panel = page.getByRole('dialog', { name: 'Create a new Row Level Security policy' })
  const name = panel.getByLabel('Policy Name')
  await name.fill('typed policy')
  await panel.getByRole('combobox', { name: 'Table on clause' }).click()
  await page.getByRole('option', { name: 'tasks' }).click()
  await panel.getByRole('textbox', { name: 'USING expression' }).fill('true')
  return {
    page,
    place: panel.getByRole('alert'),
    typed: async () => await name.inputValue(),
    press: async () => await panel.getByRole('button', { name: 'Save policy' }).click(),
    saved: async () =>
      await expect.poll(() => sql('select policyname as name from pg_policies')).toEqual([{ name: 'typed policy' }]),
  }
}

async function inTheSqlEditor(seconds = 2): Promise<Typing> {
  const page = await open('/sql/new')
  const editor = page.getByRole('textbox', { name: 'SQL query' })
  await editor.fill(`select 'typed', pg_sleep(${seconds})`)
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await page.getByRole('status').filter({ hasText: 'Running' }).waitFor()
  const results = page.getByRole('region', { name: 'Results' })
  return {
    page,
    place: results.getByRole('alert'),
    typed: async () => await editor.innerText(),
    press: async () => await page.getByRole('button', { name: 'Run', exact: true }).click(),
    saved: async () => await results.getByRole('gridcell', { name: 'typed' }).waitFor(),
  }
}

test('the server is killed and started again while four screens are being typed into', async () => {
  const screens = [await inTheGrid(), await inTheTableSheet(), await inThePolicyPanel(), await inTheSqlEditor()]
  await kill()
  for (const { page, place, typed, press } of screens) {
    await page.bringToFront()
    await press()
    await place.getByText('The server cannot be reached.').first().waitFor()
    expect(await typed()).toContain('typed')
  }
  await startAgain()
  for (const { page, typed, press } of screens) {
    await page.bringToFront()
    await press()
    await sessionOver(page).waitFor()
    await expectAccessible(page)
    await sessionOver(page).getByRole('button', { name: 'I have signed in' }).click()
    await sessionOver(page).getByText('Sign in to Studio first.').waitFor()
    await page.keyboard.press('Escape')
    await sessionOver(page).waitFor({ state: 'detached' })
    expect(await typed()).toContain('typed')
  }
  await signInAgain()
  for (const { page, press, saved } of screens) {
    await page.bringToFront()
    await press()
    await saved()
    await page.close()
  }
})

test('a page whose session ended goes on as soon as one has signed in elsewhere', async () => {
  const page = await open('/table-editor/public/tasks')
  const box = await editCell(page, 'typed before signing in')
  await person.context.clearCookies()
  await save(page).click()
  await sessionOver(page).waitFor()
  await signInAgain()
  await sessionOver(page).getByRole('button', { name: 'I have signed in' }).click()
  await sessionOver(page).waitFor({ state: 'detached' })
  expect(await box.inputValue()).toBe('typed before signing in')
  await save(page).click()
  await expect.poll(() => sql('select name from tasks where id = 1')).toEqual([{ name: 'typed before signing in' }])
  await page.close()
})

/** Process number of the backend that runs the SQL editor's query: the page says `Running` before Postgres hears of it. */
async function backendThatSleeps(): Promise<number> {
  const active = `select pid from pg_stat_activity
    where state = 'active' and query like 'select ''typed''%' and pid <> pg_backend_pid()`
  return await vi.waitFor(
    async () => {
      const [running] = await sql<{ pid: number }>(active)
      if (running === undefined) throw new Error('the query does not run yet')
      return running.pid
    },
    { timeout: 30_000 },
  )
}

test('a crash of Postgres is told where one was typing and the same press works once it is back', async () => {
  const grid = await open('/table-editor/public/tasks')
  const box = await editCell(grid, 'typed over a crash')
  const { page: console_, place, typed } = await inTheSqlEditor(60)
  // Postgres ends every session when a backend dies like this, and begins anew.
  sendSignal(await backendThatSleeps(), 'SIGKILL')
  await place.waitFor()
  expect(await typed()).toContain('typed')
  await expect.poll(() => sql('select 1 as up').catch(() => [])).toEqual([{ up: 1 }])
  await grid.bringToFront()
  await save(grid).click()
  await expect.poll(() => sql('select name from tasks where id = 1')).toEqual([{ name: 'typed over a crash' }])
  await box.waitFor({ state: 'detached' })
  await console_.close()
  await grid.close()
})
