import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'

import { afterAll, beforeAll, expect, test } from 'vitest'

import { expectAccessible, expectNoSidewaysScroll } from './accessible.ts'
import { openStudio, type Studio } from './open-studio.ts'

const DIST = resolve(import.meta.dirname, '..', '..', 'packages', 'studio', 'dist')
/** Bytes, compressed. */
const FIRST_LOAD = 400_000

let studio: Studio

beforeAll(async () => {
  studio = await openStudio()
})
afterAll(async () => await studio.close())

test('the first load is small', async () => {
  const page = await studio.visit()
  const asked: string[] = []
  page.on('requestfinished', (request) => asked.push(new URL(request.url()).pathname))
  await page.reload()
  await page.waitForLoadState('networkidle')
  const files = new Set(['/index.html', ...asked.filter((path) => path.startsWith('/assets/'))])
  const bytes = [...files].reduce((sum, path) => sum + gzipSync(readFileSync(join(DIST, path))).length, 0)
  expect(files.size).toBeGreaterThan(2)
  expect(bytes).toBeLessThan(FIRST_LOAD)
})

test('no single file that is loaded later is large either', () => {
  const assets = join(DIST, 'assets')
  const sizes = readdirSync(assets).map((name) => gzipSync(readFileSync(join(assets, name))).length)
  expect(Math.max(...sizes)).toBeLessThan(FIRST_LOAD)
})

test('the palette goes to a screen by a few letters of its name', async () => {
  const page = await studio.visit()
  await page.keyboard.press('Control+k')
  await page.getByPlaceholder('Go to a screen').fill('policies')
  await page.keyboard.press('Enter')
  await expect.poll(async () => await page.getByRole('heading', { level: 1 }).innerText()).toBe('Policies')
})

test('on a narrow window the menu is behind a button', async () => {
  const page = await studio.visit('/', { width: 400 })
  await expectNoSidewaysScroll(page)
  await page.getByRole('button', { name: 'Open the menu' }).click()
  await page.getByRole('dialog').getByRole('link', { name: 'SQL Editor' }).click()
  await expect.poll(async () => await page.getByRole('heading', { level: 1 }).innerText()).toBe('SQL Editor')
})

test('light and dark are accessible, and kept', async () => {
  const page = await studio.visit()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Theme: system' }).click()
  await page.getByRole('menuitem', { name: 'Dark' }).click()
  await expectAccessible(page)
  await page.reload()
  await page.getByRole('button', { name: 'Theme: dark' }).waitFor()
})

test('an address where nothing stands says so', async () => {
  const page = await studio.visit('/no-such-screen')
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('No such screen')
})
