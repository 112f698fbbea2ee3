import { expect, test } from 'vitest'

import { openVisitors } from './chromium/visitors.ts'
import { signIn } from './walk/account.ts'
import { makeAccount } from './walk/directory.ts'
import { add, lines } from './walk/lists.ts'
import { screenshot } from './walk/screenshot.ts'

const visit = openVisitors()

test("a task appears in every tab of whoever added it, by either integration, and in nobody else's", async () => {
  const [ada, grace] = [await makeAccount('ada'), await makeAccount('grace')]
  const [{ page: first, context }, { page: graces }] = [await visit(), await visit()]
  await signIn(first, ada)
  await signIn(graces, grace)
  const [second, byTemplate] = [await context.newPage(), await context.newPage()]
  await second.goto('/')
  await byTemplate.goto('/template')
  const adas = [first, second, byTemplate]
  await Promise.all([...adas, graces].map(async (page) => await page.getByText('Live:').waitFor()))

  await add(first, 'Your tasks', 'Buy milk')
  for (const page of adas) await expect.poll(lines(page, 'Your tasks')).toEqual(['Buy milk'])
  await screenshot(second, 'live-task')
  // Grace's own comes behind Ada's: were she told of that, it would have been by now.
  await add(graces, 'Your tasks', 'Feed the moth')
  await expect.poll(lines(graces, 'Your tasks')).toEqual(['Feed the moth'])

  await second.getByRole('checkbox', { name: 'Buy milk' }).click()
  for (const page of adas) await expect.poll(async () => await page.getByRole('checkbox').isChecked()).toBe(true)
  await byTemplate.getByRole('button', { name: 'Delete Buy milk' }).click()
  for (const page of adas) await expect.poll(lines(page, 'Your tasks')).toEqual([])
})
