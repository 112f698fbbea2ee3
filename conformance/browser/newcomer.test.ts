import { expect, inject, test } from 'vitest'

import { openVisitors } from './chromium/visitors.ts'
import { newAccount, signIn, signOut, signUp } from './walk/account.ts'
import { add, lines } from './walk/lists.ts'
import { openMailbox } from './walk/mailbox.ts'
import { screenshot } from './walk/screenshot.ts'

const mailbox = openMailbox(inject('besideLines')['MAILBOX_URL'] ?? '')
const visit = openVisitors()

test('two people sign up, add tasks by both integrations, and each sees only her own when she comes back', async () => {
  const { page } = await visit()
  const [ada, grace] = [newAccount('ada'), newAccount('grace')]
  await signUp(page, ada, async () => {
    const code = await mailbox.nextCode(ada.email)
    const { page: mail } = await visit(inject('besideLines')['MAILBOX_URL'])
    await mail.goto('/')
    await screenshot(mail, 'code-by-mail')
    return code
  })
  await add(page, 'Your tasks', 'Buy milk')
  await expect.poll(lines(page, 'Your tasks')).toEqual(['Buy milk'])
  await page.getByRole('link', { name: 'By template' }).click()
  // The page before it has a list of the same name, which takes lines until it goes.
  await page.waitForURL('**/template')
  await add(page, 'Your tasks', 'Write to Charles')
  await expect.poll(lines(page, 'Your tasks')).toEqual(['Buy milk', 'Write to Charles'])
  await signOut(page)

  await signUp(page, grace, async () => await mailbox.nextCode(grace.email))
  await expect.poll(lines(page, 'Your tasks')).toEqual([])
  await add(page, 'Your tasks', 'Find the moth')
  await expect.poll(lines(page, 'Your tasks')).toEqual(['Find the moth'])
  await signOut(page)

  await signIn(page, ada)
  await expect.poll(lines(page, 'Your tasks')).toEqual(['Buy milk', 'Write to Charles'])
})

test('a task is ticked off and deleted', async () => {
  const { page } = await visit()
  const ada = newAccount('ada')
  await signUp(page, ada, async () => await mailbox.nextCode(ada.email))
  await add(page, 'Your tasks', 'Buy milk')
  await add(page, 'Your tasks', 'Write to Charles')
  await expect.poll(lines(page, 'Your tasks')).toEqual(['Buy milk', 'Write to Charles'])
  await page.getByRole('checkbox', { name: 'Buy milk' }).click()
  await page.reload()
  await page.getByRole('checkbox', { name: 'Buy milk', checked: true }).waitFor()
  await screenshot(page, 'tasks')
  await page.getByRole('button', { name: 'Delete Buy milk' }).click()
  await expect.poll(lines(page, 'Your tasks')).toEqual(['Write to Charles'])
})

test('an address of the test kind takes the code 424242', async () => {
  const { page } = await visit()
  const account = newAccount('tess')
  await signUp(page, { ...account, email: account.email.replace('@', '+clerk_test@') }, async () => '424242')
  await expect.poll(lines(page, 'Your tasks')).toEqual([])
})
