// Webhooks, by hand: an endpoint is added, hears of a user, and is sent what it heard again.

import { verifyWebhook } from '@clerk/backend/webhooks'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { openReceiver, type Receiver } from '../../packages/clerk/src/outbox/webhooks/receiver.test-support.ts'
import { expectAccessible, expectNoSidewaysScroll } from './accessible.ts'
import { askClerk, createUser } from './ask-clerk.ts'
import { openStudio, type Studio } from './open-studio.ts'

let studio: Studio
let receiver: Receiver

beforeAll(async () => {
  receiver = await openReceiver()
  studio = await openStudio()
})
afterAll(async () => {
  await studio.close()
  await receiver.close()
})

test('an endpoint is added for some events, and its secret verifies what arrives', async () => {
  const page = await studio.visit('/clerk/default/webhooks')
  await page.getByText('There is no endpoint yet').waitFor()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Add endpoint' }).click()
  const sheet = page.getByRole('dialog', { name: 'Add endpoint' })
  await sheet.getByLabel('Endpoint URL').fill('app.example.com')
  await sheet.getByRole('button', { name: 'Create' }).click()
  await sheet.getByText('An address that begins with http:// or https://').waitFor()
  await sheet.getByLabel('Endpoint URL').fill(receiver.url)
  await sheet.getByLabel('Description').fill('Tasks')
  await sheet.getByLabel('Search events').fill('user.')
  await sheet.getByRole('checkbox', { name: 'user.created' }).check()
  await expectAccessible(page)
  await sheet.getByRole('button', { name: 'Create' }).click()
  await page.getByRole('heading', { name: 'Webhook endpoint' }).waitFor()
  await page.getByRole('button', { name: 'Reveal signing secret' }).click()
  const secret = await page.getByText(/^whsec_/).innerText()
  await createUser(studio, 'ada')
  await page.getByText('Succeeded: 204').waitFor()
  const [first] = receiver.received
  const request = new Request(receiver.url, { method: 'POST', headers: first?.headers ?? {}, body: first?.body ?? '' })
  expect(await verifyWebhook(request, { signingSecret: secret })).toMatchObject({ type: 'user.created' })
  await expectAccessible(page)
})

test('a refused message is read with the answer it got, and replayed', async () => {
  receiver.answer = () => 500
  await createUser(studio, 'bob')
  const page = await studio.visit('/clerk/default/webhooks')
  await page.getByRole('link', { name: receiver.url }).click()
  await page.getByText('Failed: 500').first().waitFor()
  await page
    .getByRole('button', { name: /^user\.created, msg_/ })
    .first()
    .click()
  const sheet = page.getByRole('dialog', { name: 'user.created' })
  await sheet.getByLabel('Message body').getByText('"bob@example.com"').first().waitFor()
  await sheet.getByText('answer 500').first().waitFor()
  expect(new URL(page.url()).searchParams.get('event')).toMatch(/^msg_/)
  await expectAccessible(page)
  receiver.answer = () => 204
  await sheet.getByRole('button', { name: 'Replay' }).click()
  await sheet.getByText('Succeeded: 204').waitFor()
})

test('everything since a moment is sent again', async () => {
  const page = await studio.visit('/clerk/default/webhooks')
  await page.getByRole('link', { name: receiver.url }).click()
  await page.getByRole('button', { name: 'Replay since then' }).click()
  await page.getByText('Choose a day and a time.').waitFor()
  const before = receiver.received.length
  await page.getByLabel('Replay messages since').fill('2020-01-01T00:00:00')
  await page.getByRole('button', { name: 'Replay since then' }).click()
  await page.getByText('2 messages are sent again.').waitFor()
  await expect.poll(() => receiver.received.length).toBeGreaterThanOrEqual(before + 2)
})

test('an endpoint is turned off, changed and deleted', async () => {
  const page = await studio.visit('/clerk/default/webhooks')
  await page.getByRole('link', { name: receiver.url }).click()
  await page.getByRole('switch', { name: 'Enabled' }).click()
  await page.getByText('Disabled', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Edit' }).click()
  const sheet = page.getByRole('dialog', { name: 'Edit endpoint' })
  await sheet.getByLabel('Description').fill('Nobody')
  await sheet.getByRole('button', { name: 'Save' }).click()
  await page.getByText('The endpoint was saved.').waitFor()
  const { data } = await askClerk<{ data: object[] }>(studio, 'GET', '/webhook_endpoints')
  expect(data).toMatchObject([{ enabled: false, description: 'Nobody', event_types: ['user.created'] }])
  await page.getByRole('button', { name: 'Delete', exact: true }).click()
  await page.getByRole('button', { name: 'Delete endpoint' }).click()
  await page.getByText('There is no endpoint yet').waitFor()
})

test('the screens of webhooks fit a telephone, in the dark as well', async () => {
  const made = await askClerk<{ id: string }>(studio, 'POST', '/webhook_endpoints', { url: receiver.url })
  const page = await studio.visit('/clerk/default/webhooks', { width: 400, colorScheme: 'dark' })
  await page.getByRole('link', { name: receiver.url }).waitFor()
  await expectNoSidewaysScroll(page)
  await expectAccessible(page)
  await page.goto(`/clerk/default/webhooks/${made.id}`)
  await page.getByText('Nothing was sent yet').waitFor()
  await expectNoSidewaysScroll(page)
  await expectAccessible(page)
})
