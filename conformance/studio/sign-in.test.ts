// Who may open Studio, in a browser: strangers, the password, links, and what a page of another origin gets.

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import type { Page } from '@playwright/test'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { tenon } from '../running-stack.ts'
import { expectAccessible, expectNoSidewaysScroll } from './accessible.ts'
import { openStudio, type Studio } from './open-studio.ts'

const PASSWORD = 'correct horse battery'
const DEEP = '/auth/policies?schema=public&table=tasks'

let studio: Studio

beforeAll(async () => {
  studio = await openStudio({ files: { 'supabase/config.toml': `[studio]\npassword = "${PASSWORD}"\n` } })
})
afterAll(async () => await studio.close())

/** A page of somebody who never signed in, where a deep link leads them. */
async function stranger(options: { width?: number; colorScheme?: 'light' | 'dark' } = {}): Promise<Page> {
  const page = await studio.visit('/', options)
  await page.context().clearCookies()
  await page.goto(DEEP)
  return page
}

test('a stranger sees where to sign in and nothing of the project, on any screen', async () => {
  for (const options of [{ width: 1280 }, { width: 400, colorScheme: 'dark' as const }]) {
    const page = await stranger(options)
    await page.getByRole('heading', { name: 'Sign in to Studio' }).waitFor()
    expect(await page.content()).not.toContain(studio.folder)
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
  }
})

test('a wrong password is told as such, the right one leads to where one was going', async () => {
  const page = await stranger()
  await page.getByLabel('Password').fill('not it, I am afraid')
  await page.getByLabel('Password').press('Enter')
  expect(await page.getByRole('alert').innerText()).toBe('This is not the password.')
  await page.goto(DEEP)
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { level: 1, name: 'Policies' }).waitFor()
  expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe(DEEP)
})

test('a link opens Studio once, where one was going; the second time it says how to get another', async () => {
  const link = (await tenon(studio.folder, 'studio')).stdout.trim()
  const page = await stranger()
  await page.goto(link)
  await page.getByRole('heading', { level: 1, name: 'Policies' }).waitFor()
  const later = await stranger()
  await later.goto(link)
  expect(await later.getByRole('alert').innerText()).toBe('This link was used before, or is too old.')
})

/** A signed-in page whose errors are what the test is about. */
async function unwatched(): Promise<Page> {
  const page = await studio.visit()
  const context = await page
    .context()
    .browser()
    ?.newContext({ baseURL: new URL('/', page.url()).href })
  if (context === undefined) throw new Error('there is no browser')
  await context.addCookies(await page.context().cookies())
  const other = await context.newPage()
  await other.goto('/')
  return other
}

test('a page of another port neither reads nor changes anything with the session of the browser', async () => {
  const page = await unwatched()
  const elsewhere = createServer((_request, response) => response.setHeader('content-type', 'text/html').end('<p>'))
  await new Promise<void>((done) => elsewhere.listen(0, '127.0.0.1', done))
  await page.goto(`http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`)
  const target = new URL('/platform/v1', studio.stack.line('STUDIO_URL')).href
  const tried = await page.evaluate<readonly string[]>(`(async () => {
    const outcome = (asked) => asked.then((answer) => answer.type + ' ' + answer.status, (error) => error.name)
    const as = { credentials: 'include' }
    return [
      await outcome(fetch('${target}/project', as)),
      await outcome(fetch('${target}/project', { ...as, mode: 'no-cors' })),
      await outcome(fetch('${target}/query', { ...as, method: 'POST', mode: 'no-cors', body: 'drop table x' })),
      await outcome(fetch('${target}/query', { ...as, method: 'POST', headers: { 'x-tenon-studio': '1' } })),
    ]
  })()`)
  elsewhere.close()
  expect(tried).toEqual(['TypeError', 'TypeError', 'TypeError', 'TypeError'])
})

test('no script that stands in the page runs', async () => {
  const page = await unwatched()
  await page.evaluate(`(() => {
    const script = document.createElement('script')
    script.textContent = 'window.ran = true'
    document.body.append(script)
  })()`)
  expect(await page.evaluate('window.ran')).toBeUndefined()
})
