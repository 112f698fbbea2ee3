// The token lab, by hand: a token that is brought, tokens that are forged, and what the API says of each fault.

import type { Page } from '@playwright/test'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { expectAccessible, expectNoSidewaysScroll } from './accessible.ts'
import { openStudio, type Studio } from './open-studio.ts'

let studio: Studio
let ada: string

beforeAll(async () => {
  studio = await openStudio()
  ada = (
    await clerk<{ id: string }>('POST', '/users', { email_address: ['ada@example.com'], password: 'a long passphrase' })
  ).id
  await studio.sql(`create table letters (id bigint primary key, body text, user_id text)`)
  await studio.sql(`alter table letters enable row level security`)
  await studio.sql(`create policy own on letters using ((select auth.jwt()->>'sub') = user_id)`)
  await studio.sql(`insert into letters values (1, 'to Ada', $1), (2, 'to Bob', 'user_bob')`, [ada])
  await clerk('POST', '/organizations', { name: 'Acme', slug: 'acme', created_by: ada })
})
afterAll(async () => await studio.close())

/** Asks the default instance's Backend API. */
async function clerk<Answer>(method: string, path: string, body: object): Promise<Answer> {
  const headers = {
    authorization: `Bearer ${studio.stack.line('CLERK_SECRET_KEY')}`,
    'content-type': 'application/json',
  }
  const url = `${studio.stack.line('CLERK_API_URL')}/v1${path}`
  const answer = await fetch(url, { method, headers, body: JSON.stringify(body) })
  if (!answer.ok) throw new Error(await answer.text())
  return (await answer.json()) as Answer
}

async function forged(body: object): Promise<string> {
  return (await clerk<{ jwt: string }>('POST', '/instance/forged_tokens', body)).jwt
}

async function explain(page: Page, token: string): Promise<void> {
  await page.getByLabel('Token or API key').fill(token)
  await page.getByRole('button', { name: 'Explain' }).click()
}

test('a token is read in plain words, with what Postgres will see, and is in no address and no storage', async () => {
  const token = await forged({ user_id: ada, expires_in_seconds: 600 })
  const page = await studio.visit('/token-lab')
  await explain(page, token)
  await page.getByText('The API takes this token of https://').waitFor()
  await page.getByText('That key signed it, and nothing was changed since.').waitFor()
  await page.getByText(/min left/).waitFor()
  const sql = page.getByLabel('Settings as SQL')
  expect(await sql.innerText()).toContain(`set local role "authenticated";`)
  expect(await sql.innerText()).toContain(ada)
  await expectAccessible(page)
  const kept = await page.evaluate<string>(
    'location.href + JSON.stringify(localStorage) + JSON.stringify(sessionStorage)',
  )
  expect(kept).not.toContain(token.slice(0, 20))
})

test('whoever the token speaks of, the tab looks through her eyes', async () => {
  const page = await studio.visit('/token-lab')
  await explain(page, await forged({ user_id: ada }))
  await page.getByRole('button', { name: 'View as this identity' }).click()
  await page.getByText(`This tab looks through the eyes of ${ada}.`).waitFor()
  const viewAs = await page.evaluate<string>(`sessionStorage.getItem('tenon.view-as')`)
  expect(JSON.parse(viewAs)).toMatchObject({ role: 'authenticated', claims: { sub: ada } })

  await page.getByRole('button', { name: 'Use it as identity in the Table Editor' }).click()
  await page.getByRole('link', { name: 'letters' }).click()
  await page.getByRole('button', { name: `Viewing as ${ada}.` }).waitFor()
  await page.getByText('to Ada').waitFor()
  expect(await page.getByText('to Bob').count()).toBe(0)

  await page.goto('/token-lab')
  await explain(page, await forged({ user_id: ada }))
  await page.getByRole('button', { name: 'Use it as identity in the SQL Editor' }).click()
  await page.getByRole('button', { name: `Viewing as ${ada}.` }).waitFor()
})

test('an expired token is refused with the reason, the fix and the check that failed', async () => {
  const page = await studio.visit('/token-lab')
  await explain(page, await forged({ user_id: ada, fault: 'expired' }))
  await page.getByText('The API refuses this token').waitFor()
  await page.getByText(/The token expired \d+ seconds ago/).waitFor()
  await page.getByText('Get a fresh token').waitFor()
  const checks = page.getByRole('list', { name: 'Checks of the token' })
  expect(await checks.getByText('It has expired, or never would.').count()).toBe(1)
  expect(await page.getByLabel('Settings as SQL').count()).toBe(0)
})

test('what is no token is told so, and an empty field says what it wants', async () => {
  const page = await studio.visit('/token-lab')
  await page.getByRole('button', { name: 'Explain' }).click()
  await page.getByText('Paste a token first.').waitFor()
  await explain(page, 'not a token')
  await page.getByText('A token has three parts separated by dots').waitFor()
  expect(await page.getByLabel('Token or API key').inputValue()).toBe('not a token')
})

test('a token is forged for a user in her organisation and explained at once', async () => {
  const page = await studio.visit('/token-lab?tab=forge')
  await page.getByRole('button', { name: 'Forge token' }).click()
  await page.getByText('Choose a user, or make somebody up.').waitFor()
  await page.getByRole('combobox', { name: 'User', exact: true }).click()
  await page.getByPlaceholder('Search').fill('ada@')
  await page.getByRole('option', { name: 'ada@example.com' }).click()
  await page.getByRole('combobox', { name: 'Organization' }).click()
  await page.getByRole('option', { name: 'Acme' }).click()
  await page.getByLabel('Second factor, minutes ago').fill('5')
  await page.getByRole('button', { name: 'Forge token' }).click()
  const token = page.getByRole('region', { name: 'Forged token' })
  await token.getByText(/^eyJ/).waitFor()
  const claims = JSON.parse(await page.getByLabel('Claims', { exact: true }).innerText()) as object
  expect(claims).toMatchObject({ sub: ada, fva: [0, 5], role: 'authenticated', o: { slg: 'acme', rol: 'admin' } })
  await expectAccessible(page)
})

test('somebody made up, with claims of one’s own and a fault, is forged too', async () => {
  const page = await studio.visit('/token-lab?tab=forge')
  await page.getByRole('combobox', { name: 'Whose token' }).click()
  await page.getByRole('option', { name: 'Somebody made up' }).click()
  await page.getByLabel('Subject (sub)').fill('user_nobody')
  const claims = page.getByRole('textbox', { name: 'Extra claims' })
  await claims.fill('{"plan": ')
  await page.getByRole('button', { name: 'Forge token' }).click()
  await page.getByText('This is no JSON object.').waitFor()
  await claims.fill('{"plan": "pro"}')
  await page.getByRole('combobox', { name: 'Fault' }).click()
  await page.getByRole('option', { name: 'Tampered with' }).click()
  await page.getByRole('button', { name: 'Forge token' }).click()
  await page.getByText('The token was changed after it was signed, or another key signed it.').waitFor()
  const said = JSON.parse(await page.getByLabel('Claims (not to be believed)').innerText()) as object
  expect(said).toMatchObject({ sub: 'user_somebody_else', plan: 'pro' })
})

test('every fault is shown with what the API says of it', async () => {
  const page = await studio.visit('/token-lab?tab=faults')
  await page.getByRole('button', { name: 'Try every fault' }).click()
  const table = page.getByRole('region', { name: 'What the API says of each fault' })
  await table.waitFor()
  const answers: [fault: string, answer: string][] = []
  for (const row of await table.locator('tbody tr').all()) {
    const [fault, answer] = await row.locator('td').allInnerTexts()
    answers.push([fault?.split('\n')[0] ?? '', answer ?? ''])
  }
  expect(Object.fromEntries(answers)).toEqual({
    Nothing: 'takes it as authenticated',
    Expired: 'refuses it',
    'Not valid yet': 'refuses it',
    'Issued in the future': 'refuses it',
    'No expiry': 'refuses it',
    'Wrong issuer': 'refuses it',
    'No role': 'takes it as anon',
    'Role service_role': 'refuses it',
    'Wrong key': 'refuses it',
    'Unknown kid': 'refuses it',
    'Tampered with': 'refuses it',
    Unsigned: 'refuses it',
    'HS256 with the public key': 'refuses it',
  })
  await expectAccessible(page)
})

test('the lab fits a telephone, in the dark as well', async () => {
  const page = await studio.visit('/token-lab', { width: 400, colorScheme: 'dark' })
  await explain(page, await forged({ user_id: ada }))
  await page.getByLabel('Settings as SQL').waitFor()
  await expectNoSidewaysScroll(page)
  await expectAccessible(page)
  await page.getByRole('tab', { name: 'Forge a token' }).click()
  await page.getByRole('button', { name: 'Forge token' }).waitFor()
  await expectNoSidewaysScroll(page)
  await expectAccessible(page)
})
