import { TOTP } from 'otpauth'
import { expect, test } from 'vitest'

import { openVisitors } from './chromium/visitors.ts'
import { arrived, enterCode, enterPassword, signIn, signOut } from './walk/account.ts'
import { makeAccount } from './walk/directory.ts'
import { add, lines } from './walk/lists.ts'
import { screenshot } from './walk/screenshot.ts'
import { addAuthenticator } from './walk/authenticator.ts'

const visit = openVisitors()

test('private notes open with the second factor, and after signing in again only by its code', async () => {
  const { page } = await visit()
  const ada = await makeAccount('ada')
  await signIn(page, ada)
  await add(page, 'Private notes', 'The key is under the mat')
  await page.getByText('Locked:').waitFor()
  await expect.poll(lines(page, 'Private notes')).toEqual([])
  const secret = await addAuthenticator(page)
  await page.goto('/')
  await expect.poll(lines(page, 'Private notes')).toEqual(['The key is under the mat'])
  await signOut(page)

  await page.goto('/sign-in')
  await enterPassword(page, ada)
  await page.getByRole('heading', { name: 'Two-step verification' }).waitFor()
  await screenshot(page, 'second-factor')
  // A code counts once: this is the one after that which set the application up.
  await enterCode(page, new TOTP({ secret }).generate({ timestamp: Date.now() + 30_000 }))
  await arrived(page)
  await expect.poll(lines(page, 'Private notes')).toEqual(['The key is under the mat'])
  expect(await page.getByText('Locked:').isVisible()).toBe(false)
})
