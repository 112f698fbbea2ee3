// Project Settings, by hand: keys are shown when asked for, schemas are served without a restart, signing keys rotate.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import type { Page } from '@playwright/test'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { expectAccessible, expectNoSidewaysScroll } from './accessible.ts'
import { openStudio, type Studio } from './open-studio.ts'

let studio: Studio

beforeAll(async () => {
  studio = await openStudio()
  await studio.sql('create schema shop')
  await studio.sql('create table shop.goods as select * from generate_series(1, 5) as id')
  await studio.sql('grant usage on schema shop to anon')
  await studio.sql('grant select on shop.goods to anon')
})
afterAll(async () => await studio.close())

async function goods(): Promise<number> {
  const { stack } = studio
  const headers = { apikey: stack.line('PUBLISHABLE_KEY'), 'accept-profile': 'shop' }
  const answer = await fetch(`${stack.line('API_URL')}/rest/v1/goods`, { headers })
  return answer.ok ? ((await answer.json()) as unknown[]).length : -answer.status
}

async function publishedKeys(): Promise<readonly string[]> {
  const answer = await fetch(`${studio.stack.line('API_URL')}/auth/v1/.well-known/jwks.json`)
  return ((await answer.json()) as { keys: { kid: string }[] }).keys.map(({ kid }) => kid)
}

test('the project’s address and keys are there, the secret ones when they are asked for', async () => {
  const page = await studio.visit('/settings/api')
  await page.getByRole('heading', { name: 'Project API keys' }).waitFor()
  await page.getByText(studio.stack.line('API_URL'), { exact: true }).waitFor()
  await page.getByText(studio.stack.line('ANON_KEY')).waitFor()
  const secret = page.getByText(studio.stack.line('JWT_SECRET'))
  expect(await secret.count()).toBe(0)
  await page.getByRole('button', { name: 'Reveal JWT Secret' }).click()
  await secret.waitFor()
  await expectAccessible(page)
})

test('a schema that is exposed is served without a restart, and no longer once it is not', async () => {
  const page = await studio.visit('/settings/api')
  expect(await goods()).toBe(-406)
  await page.getByRole('combobox', { name: 'Exposed schemas' }).click()
  await page.getByRole('option', { name: 'shop' }).click()
  await save(page)
  expect(await goods()).toBe(5)
  await page.getByLabel('Max rows').fill('2')
  await save(page)
  expect(await goods()).toBe(2)
  const file = readFileSync(join(studio.stack.folder, 'supabase', 'config.toml'), 'utf8')
  expect(file).toContain('schemas = ["public", "graphql_public", "shop"]\nmax_rows = 2\n')
  await page.getByRole('button', { name: 'Remove shop' }).click()
  await save(page)
  expect(await goods()).toBe(-406)
})

async function save(page: Page): Promise<void> {
  const answered = page.waitForResponse((response) => response.request().method() === 'PATCH')
  await page.getByRole('button', { name: 'Save' }).click()
  expect((await answered).status()).toBe(200)
  await page.getByRole('button', { name: 'Save' }).and(page.locator(':disabled')).waitFor()
}

test('a number of rows that is none is told at its field', async () => {
  const page = await studio.visit('/settings/api', { width: 400, colorScheme: 'dark' })
  await page.getByLabel('Max rows').fill('many')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('A whole number from 1 on').waitFor()
  expect(await page.getByLabel('Max rows').inputValue()).toBe('many')
  await expectNoSidewaysScroll(page)
  await expectAccessible(page)
})

test('a signing key is made, put to use, followed by another and revoked', async () => {
  const page = await studio.visit('/settings/signing-keys')
  await page.getByText('Legacy JWT secret').waitFor()
  const first = await createKey(page)
  await move(page, first, 'Rotate keys')
  const second = await createKey(page)
  await move(page, second, 'Rotate keys')
  expect(await publishedKeys()).toEqual([first, second])
  await move(page, first, 'Revoke key')
  await page.getByText('Revoked', { exact: true }).waitFor()
  expect(await publishedKeys()).toEqual([second])
  await expectAccessible(page)
  const small = await studio.visit('/settings/signing-keys', { width: 400 })
  await small.getByText('Legacy JWT secret').waitFor()
  await expectNoSidewaysScroll(small)
})

async function createKey(page: Page): Promise<string> {
  const answered = page.waitForResponse((response) => response.request().method() === 'POST')
  await page.getByRole('button', { name: 'Create standby key' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Create standby key' }).click()
  const { created } = (await (await answered).json()) as { readonly created: string }
  await page.getByText(created).waitFor()
  return created
}

async function move(page: Page, kid: string, action: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${kid}` }).click()
  await page.getByRole('menuitem', { name: action }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: action }).click()
  await page.getByRole('alertdialog').waitFor({ state: 'detached' })
}
