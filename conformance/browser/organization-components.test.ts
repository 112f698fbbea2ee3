// The organization components of the unmodified @clerk/ui, one after the other, before a provider of their own.

import { afterAll, beforeAll, expect, test } from 'vitest'

import { startTestClerk, type TestClerk } from '../clerk-backend/running-clerk.ts'
import { openVisitors } from './chromium/visitors.ts'
import { openSignIns, show, type SignIns } from './clerk-page/person-on-page.ts'
import { type ClerkPage, serveClerkPage } from './clerk-page/serve-clerk-page.ts'

const visit = openVisitors()

let clerk: TestClerk
let served: ClerkPage
let signIns: SignIns

beforeAll(async () => {
  clerk = await startTestClerk()
  await clerk.client.instance.updateOrganizationSettings({
    domainsEnabled: true,
    domainsEnrollmentModes: ['automatic_invitation', 'automatic_suggestion'],
  })
  served = await serveClerkPage(clerk.instance)
  signIns = openSignIns(clerk)
})

afterAll(async () => {
  await signIns.close()
  await served.close()
  await clerk.stop()
})

async function signedIn(firstName: string, emailAddress: string) {
  const user = await clerk.client.users.createUser({ firstName, emailAddress: [emailAddress] })
  const person = await visit(served.url)
  await signIns.signIn(person.page, user.id)
  return { ...person, user }
}

test('an organization is created, people are invited, and one of them joins', async () => {
  const ada = await signedIn('Ada', 'ada@lovelace.example')
  await show(ada.page, 'CreateOrganization')
  await ada.page.getByLabel('Name').fill('Analytical Engines')
  await ada.page.getByRole('button', { name: 'Create organization' }).click()
  await ada.page.getByText('Invite new members').waitFor()
  await ada.page.getByTestId('tag-input').click()
  await ada.page.keyboard.type('bob@example.com,carol@example.com,')
  await ada.page.getByRole('button', { name: 'Send invitations' }).click()
  await ada.page.getByText('Invitations successfully sent').waitFor()

  const bob = await signedIn('Bob', 'bob@example.com')
  await show(bob.page, 'OrganizationList')
  await bob.page.getByRole('button', { name: 'Join' }).click()
  await bob.page.getByRole('button', { name: 'Join' }).waitFor({ state: 'detached' })
  await bob.page.getByRole('button', { name: 'Analytical Engines' }).click()
  await expect.poll(() => bob.page.evaluate('window.Clerk.organization?.slug')).toBe('analytical-engines')

  await ada.page.reload()
  await ada.page.evaluate('window.ready')
  await show(ada.page, 'OrganizationProfile')
  await ada.page.getByRole('button', { name: 'Members' }).click()
  await ada.page.getByText('bob@example.com').waitFor()
  // Each number comes with an answer of its own.
  await expect
    .poll(() => ada.page.getByRole('tab').allInnerTexts())
    .toMatchObject([expect.stringContaining('2'), expect.stringContaining('1'), expect.stringContaining('0')])
  await ada.page.getByRole('tab', { name: /Invitations/ }).click()
  await ada.page.getByText('carol@example.com').waitFor()
  expect([ada.errors, bob.errors]).toEqual([[], []])
})

test('a member switches to an organization and sees no more of its profile than she may', async () => {
  const [admin, member] = [await clerk.somebody(), await signedIn('Mia', 'mia@example.com')]
  const { organizations } = clerk.client
  const { id } = await organizations.createOrganization({ name: 'Acme', createdBy: admin.id })
  await organizations.createOrganizationMembership({
    organizationId: id,
    userId: member.user.id,
    role: 'org:member',
  })
  const { page } = member
  await show(page, 'OrganizationSwitcher')
  await page.getByRole('button', { name: 'Open organization switcher' }).click()
  await page.getByRole('group', { name: 'List of all accounts' }).getByRole('button', { name: 'Acme' }).click()
  await expect.poll(() => page.evaluate('window.Clerk.organization?.slug')).toBe('acme')
  await show(page, 'OrganizationProfile')
  await page.getByText('Leave organization').first().waitFor()
  expect(await page.getByText('Delete organization').count()).toBe(0)
  expect(await page.getByText('Update profile').count()).toBe(0)
  await page.getByRole('button', { name: 'Members' }).click()
  await page.getByText('mia@example.com').waitFor()
  expect(await page.getByRole('button', { name: 'Invite' }).count()).toBe(0)
  expect(await page.getByRole('tab').count()).toBe(1)
})

test('a domain is added and proven, and who has an address at it asks to join', async () => {
  const boss = await signedIn('Eve', 'eve@firm.example')
  await boss.page.evaluate(
    `window.Clerk.createOrganization({ name: 'Firm' }).then((organization) => window.Clerk.setActive({ organization }))`,
  )
  await show(boss.page, 'OrganizationProfile')
  await boss.page.getByRole('button', { name: 'Add domain' }).click()
  await boss.page.getByLabel('Domain').fill('firm.example')
  await boss.page.getByRole('button', { name: 'Save' }).click()
  await boss.page.getByText('@firm.example', { exact: true }).waitFor()
  const address = boss.page.getByLabel('Verification email address')
  await address.fill('eve+clerk_test')
  // The button moves when the field is left and its hint goes, so that a click may miss it.
  await address.press('Enter')
  await boss.page.getByText('A verification code was sent').waitFor()
  await boss.page.keyboard.type('424242')
  const status = () =>
    boss.page.evaluate(`window.Clerk.organization.getDomains()
    .then(({ data }) => data[0]?.verification?.status)`)
  await expect.poll(status).toBe('verified')
  await boss.page.evaluate(`window.Clerk.organization.getDomains()
    .then(({ data }) => data[0].updateEnrollmentMode({ enrollmentMode: 'automatic_suggestion' }))`)

  const worker = await signedIn('Wim', 'wim@firm.example')
  await show(worker.page, 'OrganizationList')
  await worker.page.getByRole('button', { name: 'Request to join' }).click()
  await worker.page.getByText('Pending approval').waitFor()

  await show(boss.page, 'OrganizationProfile')
  await boss.page.getByRole('button', { name: 'Members' }).click()
  await boss.page.getByRole('tab', { name: /Requests/ }).click()
  await boss.page.getByText('wim@firm.example').waitFor()
  await boss.page.getByRole('button', { name: 'Approve' }).click()
  const members = () => boss.page.evaluate('window.Clerk.organization.reload().then((one) => one.membersCount)')
  await expect.poll(members).toBe(2)
})
