import { afterAll, beforeAll, expect, inject, test } from 'vitest'

import { type NextApp, startApp } from './app/next-app.ts'
import { openVisitors } from './chromium/visitors.ts'
import { newAccount, signOut, signUp } from './walk/account.ts'
import { add, lines } from './walk/lists.ts'
import { openMailbox } from './walk/mailbox.ts'
import { createOrganization, newOrganization, switchTo } from './walk/organization.ts'

const mailbox = openMailbox(inject('besideLines')['MAILBOX_URL'] ?? '')
const visit = openVisitors()
let app: NextApp

beforeAll(async () => {
  app = await startApp('dev', inject('appVariables'))
})
afterAll(async () => await app.stop())

// Next's development server has once answered a server action with an empty list; its second answer counts.
test(
  'under the development server somebody signs up, adds a task by each integration, switches organisations and signs out',
  { retry: 1 },
  async () => {
    const { page } = await visit(app.url)
    const ada = newAccount('ada')
    page.setDefaultTimeout(60_000)
    await signUp(page, ada, async () => await mailbox.nextCode(ada.email))
    await add(page, 'Your tasks', 'Buy milk')
    await expect.poll(lines(page, 'Your tasks')).toEqual(['Buy milk'])
    await page.goto('/template')
    await add(page, 'Your tasks', 'Write to Charles')
    await expect.poll(lines(page, 'Your tasks')).toEqual(['Buy milk', 'Write to Charles'])
    await page.goto('/server')
    await add(page, 'Your tasks', 'Feed the moth')
    await expect.poll(lines(page, 'Your tasks')).toEqual(['Buy milk', 'Write to Charles', 'Feed the moth'])
    await page.goto('/')
    await createOrganization(page, newOrganization('Engines'))
    await add(page, 'Organisation tasks', 'Oil the gears')
    await expect.poll(lines(page, 'Organisation tasks')).toEqual(['Oil the gears'])
    await switchTo(page, 'Personal account')
    await page.getByText('Choose or create an organisation').waitFor()
    await signOut(page)
  },
)
