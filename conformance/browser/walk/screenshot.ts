// The pictures of docs/images, taken along the way when asked for: `SCREENSHOTS=docs/images npm test …`.

import { join } from 'node:path'

import type { Page } from '@playwright/test'

/** Keeps a picture of the page. */
export async function screenshot(page: Page, name: string): Promise<void> {
  const folder = process.env['SCREENSHOTS']
  if (folder !== undefined) await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' })
}
