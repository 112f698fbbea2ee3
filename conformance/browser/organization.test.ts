import { expect, test } from 'vitest'

import { openVisitors } from './chromium/visitors.ts'
import { signIn } from './walk/account.ts'
import { makeAccount } from './walk/directory.ts'
import { add, lines, refusalOf, textIn } from './walk/lists.ts'
import { createOrganization, invite, joinOrganization, newOrganization, switchTo } from './walk/organization.ts'
import { screenshot } from './walk/screenshot.ts'

const visit = openVisitors()

test("an organisation's admin adds tasks, whom she invites sees them and may not add", async () => {
  const [ada, grace] = [await makeAccount('ada'), await makeAccount('grace')]
  const [{ page: adas }, { page: graces }] = [await visit(), await visit()]
  const engines = newOrganization('Engines')
  await signIn(adas, ada)
  await createOrganization(adas, engines)
  await add(adas, 'Organisation tasks', 'Oil the gears')
  await expect.poll(lines(adas, 'Organisation tasks')).toEqual(['Oil the gears'])
  await screenshot(adas, 'organisation')
  await invite(adas, grace.email)

  await signIn(graces, grace)
  await joinOrganization(graces, engines)
  await switchTo(graces, engines)
  await expect.poll(lines(graces, 'Organisation tasks')).toEqual(['Oil the gears'])
  await add(graces, 'Organisation tasks', 'Steal the gears')
  expect(await refusalOf(graces, 'Organisation tasks')).toMatch(/row-level security.*organization_tasks/)
  expect(await textIn(graces, 'Organisation tasks')).toBe('Steal the gears')
  await screenshot(graces, 'refused')

  await switchTo(graces, 'Personal account')
  await graces.getByText('Choose or create an organisation').waitFor()
})
