// What a hand does with Studio's editors and lists.

import type { Locator, Page } from '@playwright/test'

/** Puts text in place of what an editor of this name holds. */
export async function writeText(within: Pick<Locator, 'getByRole'>, name: string, text: string): Promise<void> {
  const editor = within.getByRole('textbox', { name, exact: true })
  await editor.click()
  await editor.press('Control+A')
  await editor.fill(text)
}

/** Opens a list that can be searched, and takes what begins with the word; a few words about it may follow. */
export async function chooseFrom(page: Page, box: Locator, choice: string): Promise<void> {
  await box.click()
  await page.getByRole('combobox', { name: 'Suggestions' }).fill(choice)
  await page
    .getByRole('option', { name: new RegExp(`^${choice.replace(/[^\w ]/g, '\\$&')}\\b`) })
    .first()
    .click()
}

/** Opens a short list, and takes the option of this name. */
export async function chooseOption(page: Page, box: Locator, option: string): Promise<void> {
  await box.click()
  await page.getByRole('option', { name: option, exact: true }).click()
}
