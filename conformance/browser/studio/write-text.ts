// Text for Studio's editors.

import type { Locator } from '@playwright/test'

/** Puts text in place of what an editor of this name holds. */
export async function writeText(within: Pick<Locator, 'getByRole'>, name: string, text: string): Promise<void> {
  const editor = within.getByRole('textbox', { name, exact: true })
  await editor.click()
  await editor.press('Control+A')
  await editor.fill(text)
}
