import { expect, inject, test } from 'vitest'

import { openVisitors } from './chromium/visitors.ts'
import { screenshot } from './walk/screenshot.ts'

const visit = openVisitors()
const mailbox = () => inject('besideLines')['MAILBOX_URL'] ?? ''

async function handIn(message: object): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  await fetch(`${mailbox()}/api/v1/messages`, { method: 'POST', headers, body: JSON.stringify(message) })
}

test('the mailbox shows a code and a letter, runs nothing of it, and is emptied by its button', async () => {
  const common = { source: 'test', channel: 'email', slug: 'verification_code' }
  const script = `<script>document.querySelector('h1').textContent = 'ran'</script>`
  await handIn({ ...common, id: 'code', recipient: 'ada@mail.example', subject: 'A code', data: { code: '314159' } })
  await handIn({
    ...common,
    id: 'letter',
    recipient: 'grace@mail.example',
    subject: 'A letter',
    html: `<h1>Dear</h1>${script}`,
  })
  const { page } = await visit(mailbox())
  await page.goto('/')
  await page.getByRole('link', { name: 'A code' }).waitFor()
  await screenshot(page, 'mailbox')
  await page.getByRole('link', { name: 'ada@mail.example' }).click()
  await expect.poll(() => page.getByRole('link', { name: 'A letter' }).count()).toBe(0)
  await page.getByRole('link', { name: 'A code' }).click()
  await page.getByText('314159', { exact: true }).waitFor()
  await page.getByRole('link', { name: 'All messages' }).click()
  await page.getByRole('link', { name: 'A letter' }).click()
  expect(await page.frameLocator('iframe').getByRole('heading').innerText()).toBe('Dear')
  await page.goto('/')
  await page.getByRole('button', { name: 'Delete all' }).click()
  await page.getByText('No messages yet').waitFor()
})
