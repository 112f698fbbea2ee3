// What the tutorials do in the Clerk half of Studio, by the names on its screens.

import type { Page } from '@playwright/test'

import { screenshot } from '../walk/screenshot.ts'
import { goTo } from './database-steps.ts'

/** Connect with Supabase; hands back the domain to paste on the other side. */
export async function connectWithSupabase(page: Page): Promise<string> {
  await goTo(page, 'Connect with Supabase')
  await page.getByRole('button', { name: 'Activate Supabase integration' }).click()
  const changed = page.getByRole('status').filter({ hasText: 'What changed' })
  await changed.waitFor()
  await screenshot(page, 'tutorial-connect')
  return await page
    .locator('code')
    .filter({ hasText: /^https:\/\// })
    .innerText()
}

/** JWT Templates → New template → Supabase, signed with the project's secret. */
export async function createSupabaseTemplate(page: Page, secret: string): Promise<void> {
  await goTo(page, 'JWT Templates')
  await page.getByRole('button', { name: 'New template' }).first().click()
  await page.getByRole('menuitem', { name: 'Supabase' }).click()
  await page.getByLabel('Signing key', { exact: true }).fill(secret)
  await screenshot(page, 'tutorial-jwt-template')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('link', { name: 'supabase', exact: true }).waitFor()
}
