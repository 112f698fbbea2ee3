import { expect, test } from 'vitest'

import { openVisitors } from './chromium/visitors.ts'
import { arrived, enterPassword, openUserMenu, signIn } from './walk/account.ts'
import { makeAccount } from './walk/directory.ts'
import { add, lines } from './walk/lists.ts'

const visit = openVisitors()

test('two accounts in one browser: the user button switches, and each sees her own', async () => {
  const { page } = await visit()
  const [ada, grace] = [await makeAccount('ada'), await makeAccount('grace')]
  await signIn(page, ada)
  await add(page, 'Your tasks', 'Buy milk')
  await expect.poll(lines(page, 'Your tasks')).toEqual(['Buy milk'])

  await openUserMenu(page)
  await page.getByRole('button', { name: 'Add account' }).click()
  await enterPassword(page, grace)
  await arrived(page)
  await expect.poll(lines(page, 'Your tasks')).toEqual([])
  await add(page, 'Your tasks', 'Find the moth')
  await expect.poll(lines(page, 'Your tasks')).toEqual(['Find the moth'])

  await openUserMenu(page)
  await page.getByText(ada.email).click()
  await expect.poll(lines(page, 'Your tasks')).toEqual(['Buy milk'])
})
