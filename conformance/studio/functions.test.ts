// Database → Functions, as the tutorial walks it.

import type { Locator, Page } from '@playwright/test'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { chooseFrom, chooseOption } from '../browser/studio/controls.ts'
import { expectAccessible, expectNoSidewaysScroll } from './accessible.ts'
import { openStudio, type Studio } from './open-studio.ts'

let studio: Studio
beforeAll(async () => {
  studio = await openStudio()
})
afterAll(async () => {
  await studio.close()
})

const tutorial = `select nullif(current_setting('request.jwt.claims', true)::json->>'sub', '')::text;`

const sheetOf = (page: Page): Locator => page.getByRole('dialog')

describe('the tutorial’s function', () => {
  it('is made by hand: name, return type, definition, and under the advanced settings language and behavior', async () => {
    const page = await studio.visit('/')
    await page.getByRole('navigation', { name: 'Studio' }).getByRole('link', { name: 'Functions' }).click()
    await page.getByRole('button', { name: 'Create a new function' }).first().click()
    const sheet = sheetOf(page)
    await sheet.getByLabel('Name of function').fill('requesting_user_id')
    await chooseFrom(page, sheet.getByLabel('Return type'), 'text')
    await sheet.getByRole('textbox', { name: 'Definition' }).fill(tutorial)
    await sheet.getByLabel('Show advanced settings').click()
    await expect.poll(() => sheet.getByLabel('Language').textContent()).toBe('plpgsql')
    await chooseOption(page, sheet.getByLabel('Language'), 'sql')
    await expect.poll(() => sheet.getByLabel('Behavior').textContent()).toContain('volatile')
    expect(await sheet.getByRole('note').textContent()).toContain('STABLE')
    await expectAccessible(page)
    await chooseOption(page, sheet.getByLabel('Behavior'), 'stable')
    expect(await sheet.getByRole('radio', { name: 'SECURITY INVOKER' }).isChecked()).toBe(true)
    await sheet.getByRole('button', { name: 'Confirm' }).click()
    await sheet.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'requesting_user_id', exact: true }).waitFor()
    const made = await studio.sql(
      `select prosrc, provolatile, prosecdef, format_type(prorettype, null) as returns
       from pg_proc where oid = 'public.requesting_user_id'::regproc`,
    )
    expect(made).toEqual([{ prosrc: tutorial, provolatile: 's', prosecdef: false, returns: 'text' }])
    await expectAccessible(page)
  })

  it('is edited without its return type and arguments, which are locked', async () => {
    const page = await studio.visit('/database/functions')
    await page.getByRole('button', { name: 'requesting_user_id', exact: true }).click()
    const sheet = sheetOf(page)
    expect(await sheet.getByLabel('Return type').isDisabled()).toBe(true)
    await sheet.getByRole('radio', { name: 'SECURITY DEFINER' }).click()
    await sheet.getByRole('button', { name: 'Add a new config' }).click()
    await chooseFrom(page, sheet.getByLabel('Name of parameter 1'), 'search_path')
    await sheet.getByRole('button', { name: 'Confirm' }).click()
    await sheet.waitFor({ state: 'detached' })
    const [made] = await studio.sql(
      `select prosecdef, proconfig from pg_proc where oid = 'public.requesting_user_id'::regproc`,
    )
    expect(made).toEqual({ prosecdef: true, proconfig: ['search_path=""'] })
  })
})

it('a function is tested with values, and what it did is undone', async () => {
  await studio.sql(`
    create table noted (id int);
    create function note(n int, label text default 'x') returns text language sql
      as $$ insert into noted values (n); select label || n $$`)
  const page = await studio.visit('/database/functions')
  await page.getByRole('button', { name: 'Actions for note' }).click()
  await page.getByRole('menuitem', { name: 'Test function' }).click()
  const sheet = sheetOf(page)
  await sheet.getByLabel('n', { exact: true }).fill('seven')
  await sheet.getByRole('button', { name: 'Run' }).click()
  await sheet.getByRole('alert').getByText('invalid input syntax for type integer: "seven"').waitFor()
  await sheet.getByLabel('n', { exact: true }).fill('7')
  await sheet.getByLabel('n', { exact: true }).press('Enter')
  await sheet.getByRole('region', { name: 'Rows of the answer' }).getByText('x7').waitFor()
  expect(await studio.sql('select * from noted')).toEqual([])
  await expectAccessible(page)
})

describe('a function that cannot be', () => {
  it('is refused at the field that lacks something, and in Postgres’ own words, with nothing lost', async () => {
    const page = await studio.visit('/database/functions?panel=new')
    const sheet = sheetOf(page)
    await sheet.getByRole('button', { name: 'Confirm' }).click()
    await sheet.getByText('Give the function a name').waitFor()
    await sheet.getByText('Write what the function does').waitFor()
    await sheet.getByLabel('Name of function').fill(`it's "odd"; --`)
    await sheet.getByRole('button', { name: 'Add a new argument' }).click()
    await sheet.getByLabel('Name of argument 1').fill('a b')
    await chooseFrom(page, sheet.getByLabel('Type of argument 1'), 'integer')
    const editor = sheet.getByRole('textbox', { name: 'Definition' })
    await editor.fill('begn end')
    await sheet.getByRole('button', { name: 'Confirm' }).click()
    await sheet
      .getByRole('alert')
      .getByText(/syntax error/)
      .waitFor()
    await expectAccessible(page)
    await editor.fill('begin perform $function$ok$function$; end')
    await editor.press('Control+Enter')
    await sheet.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: `it's "odd"; --`, exact: true }).waitFor()
  })

  it('is one that somebody else changed meanwhile: a clear message, and what was typed stays', async () => {
    await studio.sql(`create function shared() returns int language sql as 'select 1'`)
    const page = await studio.visit('/database/functions')
    await page.getByRole('button', { name: 'shared', exact: true }).click()
    const sheet = sheetOf(page)
    await sheet.getByRole('textbox', { name: 'Definition' }).fill('select 2')
    await studio.sql(`create or replace function shared() returns int language sql as 'select 3'`)
    await sheet.getByRole('button', { name: 'Confirm' }).click()
    await sheet.getByRole('alert').getByText('shared was changed by somebody else meanwhile').waitFor()
    expect(await sheet.getByRole('textbox', { name: 'Definition' }).textContent()).toBe('select 2')
    expect(await studio.sql('select shared()')).toEqual([{ shared: 3 }])
  })

  it('is not lost by accident: leaving asks first', async () => {
    const page = await studio.visit('/database/functions')
    await page.getByRole('button', { name: 'Create a new function' }).first().click()
    const sheet = sheetOf(page)
    await sheet.getByLabel('Name of function').fill('half_done')
    await page.keyboard.press('Escape')
    const question = page.getByRole('alertdialog')
    await question.getByRole('button', { name: 'Cancel' }).click()
    expect(await sheet.getByLabel('Name of function').inputValue()).toBe('half_done')
    await page.evaluate('history.back()')
    await question.getByRole('button', { name: 'Cancel' }).click()
    expect(await sheet.getByLabel('Name of function').inputValue()).toBe('half_done')
    expect(page.url()).toContain('panel=new')
    await sheet.getByRole('button', { name: 'Cancel' }).click()
    await question.getByRole('button', { name: 'Discard changes' }).click()
    await sheet.waitFor({ state: 'detached' })
  })
})

it('dropping a function tells which policies call it before they go, too', async () => {
  await studio.sql(`
    create function who() returns text language sql as 'select 1::text';
    create table owned (who text);
    create policy "only mine" on owned using (who() = who)`)
  const page = await studio.visit('/database/functions')
  await page.getByRole('button', { name: 'Actions for who' }).click()
  await page.getByRole('menuitem', { name: 'Delete function' }).click()
  const question = page.getByRole('alertdialog')
  await question.getByRole('button', { name: 'Delete function' }).click()
  await question.getByText('policy only mine on table owned depends on function who()').waitFor()
  await question.getByRole('button', { name: 'Delete it with all of these' }).click()
  await question.waitFor({ state: 'detached' })
  expect(await studio.sql(`select 1 from pg_policies where policyname = 'only mine'`)).toEqual([])
})

it('the screen fits a telephone, light and dark', async () => {
  const page = await studio.visit('/database/functions', { width: 400, colorScheme: 'dark' })
  await page.getByRole('heading', { name: 'Functions' }).waitFor()
  await expectNoSidewaysScroll(page)
  await page.getByRole('button', { name: 'Create a new function' }).first().click()
  await sheetOf(page).getByLabel('Name of function').waitFor()
  await expectAccessible(page)
})
