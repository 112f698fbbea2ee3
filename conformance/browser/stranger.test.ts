import { expect, test } from 'vitest'

import { openVisitors } from './chromium/visitors.ts'
import { screenshot } from './walk/screenshot.ts'

const visit = openVisitors()

test('a stranger is welcomed, and shown where to sign up and to sign in', async () => {
  const { page } = await visit()
  await page.goto('/')
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Tasks')
  await page.getByRole('button', { name: 'Sign in' }).waitFor()
  await screenshot(page, 'signed-out')
  await page.getByRole('button', { name: 'Sign up' }).click()
  await page.getByRole('heading', { name: 'Create your account' }).waitFor()
  await screenshot(page, 'sign-up')
  await page.getByRole('link', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: /^Sign in/ }).waitFor()
  await screenshot(page, 'sign-in')
})
