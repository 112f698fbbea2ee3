// Roles of organizations and the permissions they hold, by hand.

import { afterAll, beforeAll, expect, test } from 'vitest'

import { expectAccessible, expectNoSidewaysScroll } from './accessible.ts'
import { askClerk, createUser } from './ask-clerk.ts'
import { openStudio, type Studio } from './open-studio.ts'

let studio: Studio
const screen = '/clerk/default/organizations?tab=roles'

beforeAll(async () => {
  studio = await openStudio()
})
afterAll(async () => await studio.close())

test('a permission and a role that holds it are made, after what is wrong with their keys was said', async () => {
  const page = await studio.visit(screen)
  await page.getByRole('button', { name: 'Create permission' }).click()
  const permission = page.getByRole('dialog', { name: 'Create permission' })
  await permission.getByRole('button', { name: 'Create' }).click()
  await permission.getByText('A permission has a name.').waitFor()
  await permission.getByLabel('Name').fill('Read invoices')
  await permission.getByLabel('Key').fill('invoices')
  await permission.getByRole('button', { name: 'Create' }).click()
  await permission.getByText('org:feature:action in lower-case').waitFor()
  await expectAccessible(page)
  await permission.getByLabel('Key').fill('org:invoices:read')
  await permission.getByLabel('Key').press('Enter')
  await page.getByText('Read invoices was saved.').waitFor()
  await page.getByRole('button', { name: 'Create role' }).click()
  const role = page.getByRole('dialog', { name: 'Create role' })
  await role.getByLabel('Name').fill('Accountant')
  await role.getByLabel('Key').fill('org:member')
  await role.getByLabel('org:invoices:read').click()
  await role.getByRole('button', { name: 'Create' }).click()
  await role.locator('[aria-invalid]').waitFor()
  expect(await role.getByLabel('Name').inputValue()).toBe('Accountant')
  await expectAccessible(page)
  await role.getByLabel('Key').fill('org:accountant')
  await role.getByRole('button', { name: 'Create' }).click()
  await page.getByText('Accountant was saved.').waitFor()
  expect(await askClerk(studio, 'GET', '/organization_roles/org:accountant')).toMatchObject({
    name: 'Accountant',
    permissions: [{ key: 'org:invoices:read' }],
  })
})

test('a role is changed, and made the one that whoever joins has', async () => {
  const page = await studio.visit(screen)
  await page.getByRole('button', { name: 'Actions for org:accountant' }).click()
  await page.getByRole('menuitem', { name: 'Edit role' }).click()
  const sheet = page.getByRole('dialog', { name: 'Edit role' })
  await sheet.getByLabel('Description').fill('Looks after the money')
  await sheet.getByLabel('org:sys_memberships:read').click()
  await sheet.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Looks after the money').waitFor()
  const { permissions } = await askClerk<{ permissions: { key: string }[] }>(
    studio,
    'GET',
    '/organization_roles/org:accountant',
  )
  expect(permissions.map(({ key }) => key)).toEqual(['org:invoices:read', 'org:sys_memberships:read'])
  await page.getByRole('button', { name: 'Actions for org:accountant' }).click()
  await page.getByRole('menuitem', { name: 'Set as default role' }).click()
  await page.getByText('Whoever joins is Accountant now.').waitFor()
  await page
    .getByRole('row', { name: /Accountant/ })
    .getByText('Default role')
    .waitFor()
  await expectAccessible(page)
})

test('what the system and the instance need is locked, and says so', async () => {
  const page = await studio.visit(screen)
  await page
    .getByRole('row', { name: /org:sys_profile:manage/ })
    .getByText('System: locked')
    .waitFor()
  await page
    .getByRole('row', { name: /org:admin/ })
    .getByText('Creator’s role')
    .waitFor()
  await page.getByRole('button', { name: 'Actions for org:admin' }).click()
  const remove = page.getByRole('menuitem', { name: 'Delete role: the instance gives it' })
  expect(await remove.getAttribute('aria-disabled')).toBe('true')
  await page.getByRole('menuitem', { name: 'Edit role' }).click()
  const sheet = page.getByRole('dialog', { name: 'Edit role' })
  await sheet.getByLabel('org:sys_memberships:manage').click()
  await sheet.getByRole('button', { name: 'Save' }).click()
  await sheet.getByRole('alert').waitFor()
})

test('a role that somebody has stays; without her it goes, and a permission goes with it', async () => {
  const owner = await createUser(studio, 'ada')
  const member = await createUser(studio, 'bob')
  const acme = await askClerk<{ id: string }>(studio, 'POST', '/organizations', { name: 'Acme', created_by: owner })
  const { id } = await askClerk<{ id: string }>(studio, 'POST', '/organization_roles', {
    name: 'Guest',
    key: 'org:guest',
    permissions: ['org:invoices:read'],
  })
  await askClerk(studio, 'POST', `/organizations/${acme.id}/memberships`, { user_id: member, role: 'org:guest' })
  const page = await studio.visit(screen)
  await page.getByRole('button', { name: 'Actions for org:guest' }).click()
  await page.getByRole('menuitem', { name: 'Delete role' }).click()
  const question = page.getByRole('alertdialog')
  await question.getByRole('button', { name: 'Delete role' }).click()
  await question.getByRole('alert').waitFor()
  await expectAccessible(page)
  await askClerk(studio, 'DELETE', `/organizations/${acme.id}/memberships/${member}`)
  await question.getByRole('button', { name: 'Delete role' }).click()
  await page.getByText('Guest was deleted.').waitFor()
  await expect(askClerk(studio, 'GET', `/organization_roles/${id}`)).rejects.toThrow('resource_not_found')
  await page.getByRole('button', { name: 'Actions for org:invoices:read' }).click()
  await page.getByRole('menuitem', { name: 'Delete permission' }).click()
  await question.getByRole('button', { name: 'Delete permission' }).click()
  await page.getByText('Read invoices was deleted.').waitFor()
  expect(await askClerk(studio, 'GET', '/organization_roles/org:accountant')).toMatchObject({
    permissions: [{ key: 'org:sys_memberships:read' }],
  })
})

test('roles fit a telephone, in the dark as well', async () => {
  const page = await studio.visit(screen, { width: 400, colorScheme: 'dark' })
  await page.getByText('org:admin', { exact: true }).waitFor()
  await expectNoSidewaysScroll(page)
  await expectAccessible(page)
})
