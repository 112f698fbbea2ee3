import { expect, inject, test } from 'vitest'

import { openVisitors } from './chromium/visitors.ts'
import { signIn } from './walk/account.ts'
import { makeAccount } from './walk/directory.ts'
import { add, lines } from './walk/lists.ts'

const visit = openVisitors()

test('a server component reads and a server action adds as whoever is signed in', async () => {
  const { page } = await visit()
  const ada = await makeAccount('ada')
  await signIn(page, ada)
  await add(page, 'Your tasks', 'Buy milk')
  await expect.poll(lines(page, 'Your tasks')).toEqual(['Buy milk'])
  await page.getByRole('link', { name: 'On the server' }).click()
  await page.getByRole('heading', { name: `Tasks of ${ada.email}` }).waitFor()
  await expect.poll(lines(page, 'Your tasks')).toEqual(['Buy milk'])
  await add(page, 'Your tasks', 'Write to Charles')
  await expect.poll(lines(page, 'Your tasks')).toEqual(['Buy milk', 'Write to Charles'])
})

test('who is not signed in is sent to sign in, and comes back', async () => {
  const { page } = await visit()
  const ada = await makeAccount('ada')
  await page.goto('/server')
  await page.waitForURL(/\/sign-in\?redirect_url=/)
  await page.locator('input[name=identifier]').fill(ada.email)
  await page.getByRole('button', { name: 'Continue', exact: true }).click()
  await page.locator('input[name=password]').fill(ada.password)
  await page.getByRole('button', { name: 'Continue', exact: true }).click()
  await page.waitForURL(`${inject('appUrl')}/server`)
  expect(await page.getByRole('heading', { level: 2 }).innerText()).toBe(`Tasks of ${ada.email}`)
})
