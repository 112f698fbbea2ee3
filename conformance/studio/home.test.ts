// Home: which project it is, and what comes next, ticked off as it is done.

import { afterAll, beforeAll, expect, test } from 'vitest'

import { expectAccessible, expectNoSidewaysScroll } from './accessible.ts'
import { openStudio, type Studio } from './open-studio.ts'

let studio: Studio

beforeAll(async () => {
  studio = await openStudio({ files: { 'supabase/config.toml': '[analytics]\nenabled = true\n' } })
})
afterAll(async () => await studio.close())

test('the project is told by its name, folder and addresses, and no password is on the page', async () => {
  const page = await studio.visit()
  await page.getByText(`, in ${studio.stack.folder}.`).waitFor()
  const main = await page.getByRole('main').innerText()
  expect(main).toContain(studio.stack.line('API_URL'))
  expect(main).toContain('without effect here: analytics')
  expect(main).not.toContain('postgres:postgres')
})

test('what is done is ticked off, and what is open is told', async () => {
  const page = await studio.visit()
  const steps = page.getByRole('listitem').filter({ has: page.getByRole('link', { name: 'Create a table' }) })
  await steps.getByRole('img', { name: 'To do' }).waitFor()
  await studio.sql('create table tasks (id int primary key)')
  await page.reload()
  await steps.getByRole('img', { name: 'Done' }).waitFor()
  await page.getByText('1 without Row Level Security').waitFor()
  await page.getByRole('link', { name: 'Write policies' }).click()
  await page.getByRole('heading', { level: 1, name: 'Policies' }).waitFor()
  expect(new URL(page.url()).pathname).toBe('/auth/policies')
})

test('both sizes and both themes are accessible', async () => {
  for (const options of [{ width: 1280 }, { width: 400, colorScheme: 'dark' as const }]) {
    const page = await studio.visit('/', options)
    await page.getByRole('list', { name: 'What there is' }).getByRole('link', { name: 'Users' }).waitFor()
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
  }
})
