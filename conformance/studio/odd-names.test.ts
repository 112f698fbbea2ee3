// Tables whose names and sizes nobody wishes for: the Table Editor opens and changes them like any other.

import { afterAll, beforeAll, expect, test } from 'vitest'

import { expectNoSidewaysScroll } from './accessible.ts'
import { openStudio, type Studio } from './open-studio.ts'

const SCHEMA = 'we.ird schéma'
const TABLE = 'tä"ble 🙂/x?y'
/** 63 bytes, as long as Postgres lets a name be. */
const COLUMN = 'é"🙂'.repeat(9)

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

let studio: Studio

beforeAll(async () => {
  studio = await openStudio()
  const relation = `${quoted(SCHEMA)}.${quoted(TABLE)}`
  await studio.sql(`create schema ${quoted(SCHEMA)}`)
  await studio.sql(`create table ${relation} (id int primary key, ${quoted(COLUMN)} text)`)
  await studio.sql(`insert into ${relation} values (1, 'one'), (2, 'two')`)
  const columns = Array.from({ length: 500 }, (_, index) => `c${index} text default 'v${index}'`)
  await studio.sql(`create table wide (id int primary key, ${columns.join(', ')})`)
  await studio.sql('create table wide_too (like wide including all)')
  await studio.sql('insert into wide (id) select generate_series(1, 200)')
  await studio.sql('insert into wide_too (id) values (1)')
})
afterAll(async () => await studio.close())

test('a table with dots, spaces, quotes and an emoji in its names is opened, linked to and changed', async () => {
  const page = await studio.visit(`/table-editor/${encodeURIComponent(SCHEMA)}/${encodeURIComponent(TABLE)}`)
  await page.getByRole('heading', { name: TABLE }).waitFor()
  await page.locator('#cell-1-1').getByText('two').waitFor()
  await page.locator('#cell-1-1').dblclick()
  await page.getByRole('textbox', { name: COLUMN }).fill('changed')
  await page.keyboard.press('Enter')
  const now = `select ${quoted(COLUMN)} as value from ${quoted(SCHEMA)}.${quoted(TABLE)} where id = 2`
  await expect.poll(() => studio.sql(now)).toEqual([{ value: 'changed' }])
  await expectNoSidewaysScroll(page)
  const { pathname } = new URL(page.url())
  await page.reload()
  await page.locator('#cell-1-1').getByText('changed').waitFor()
  expect(new URL(page.url()).pathname).toBe(pathname)
})

test('a table of 500 columns draws those in sight, and the last one is reached and changed by the keys', async () => {
  const page = await studio.visit('/table-editor/public/wide')
  await page.locator('#cell-1-1').getByText('v0').waitFor()
  expect(await page.getByRole('gridcell').count()).toBeLessThan(2000)
  await page.getByRole('grid').focus()
  await page.keyboard.press('End')
  await page.locator('#cell-0-500').waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('textbox', { name: 'c499' }).fill('the last')
  await page.keyboard.press('Enter')
  await expect.poll(() => studio.sql('select c499 from wide where id = 1')).toEqual([{ c499: 'the last' }])
  await expectNoSidewaysScroll(page)
})

test('a table begins at its first column wherever one stood in the last one, and stays there while a row is open', async () => {
  const page = await studio.visit('/table-editor/public/wide')
  const grid = page.getByRole('grid')
  const scrolled = () => grid.evaluate((element) => element.scrollLeft)
  const to = (name: string) => page.locator(`a[href="/table-editor/public/${name}"]`).click()
  await page.locator('#cell-0-0').waitFor()
  await to('wide_too')
  await page.getByRole('heading', { name: 'wide_too' }).waitFor()
  await to('wide')
  await page.locator('#cell-1-0').waitFor()
  await grid.focus()
  await page.keyboard.press('End')
  await page.locator('#cell-0-500').waitFor()
  await to('wide_too')
  await page.getByRole('heading', { name: 'wide_too' }).waitFor()
  await page.locator('#cell-0-0').getByText('1').waitFor()
  expect(await scrolled()).toBe(0)
  await page.getByRole('button', { name: 'Open row 1' }).click()
  await page.getByRole('dialog').getByRole('textbox', { name: 'id' }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await expect.poll(() => grid.evaluate((element) => element.matches(':focus'))).toBe(true)
  expect(await scrolled()).toBe(0)
})
