// The app's lists: tasks of one's own, of an organisation, notes.

import type { Page } from '@playwright/test'

/** The lists by the names their regions have. */
export type List = 'Your tasks' | 'Organisation tasks' | 'Private notes'

/** Writes one line into a list's form and sends it. */
export async function add(page: Page, list: List, text: string): Promise<void> {
  const region = page.getByRole('region', { name: list })
  await region.getByRole('textbox').fill(text)
  await region.getByRole('button', { name: 'Add' }).click()
}

/** What stands in a list's form, not added yet. */
export async function textIn(page: Page, list: List): Promise<string> {
  return await page.getByRole('region', { name: list }).getByRole('textbox').inputValue()
}

/** Reads what a list shows, for `expect.poll`. */
export function lines(page: Page, list: List): () => Promise<readonly string[]> {
  const items = page.getByRole('region', { name: list }).getByRole('listitem')
  return async () => (await items.allInnerTexts()).map((text) => text.replace('×', '').trim())
}

/** What a list says when the database says no. */
export async function refusalOf(page: Page, list: List): Promise<string> {
  return await page.getByRole('region', { name: list }).getByRole('alert').innerText()
}
