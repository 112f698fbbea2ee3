// An authenticator application, added on Clerk's profile page.

import type { Page } from '@playwright/test'
import { TOTP } from 'otpauth'

import { enterCode, proceed } from './account.ts'

/** Adds one and returns its secret. */
export async function addAuthenticator(page: Page): Promise<string> {
  await page.goto('/user/security')
  await page.getByRole('button', { name: 'Add two-step verification' }).click()
  await page.getByText('Authenticator application').click()
  await page.getByRole('button', { name: 'Can’t scan QR code?' }).click()
  const secret = await page.locator('input[readonly]').first().inputValue()
  await proceed(page)
  await enterCode(page, new TOTP({ secret }).generate())
  await page.getByText('Two-step verification is now enabled').waitFor()
  return secret
}
