// Webhooks of a running stack, received over HTTP and read by the unmodified @clerk/backend.

import { createClerkClient } from '@clerk/backend'
import { type WebhookEvent, verifyWebhook } from '@clerk/backend/webhooks'
import { afterAll, beforeAll, expect, test } from 'vitest'

import {
  openReceiver,
  type Received,
  type Receiver,
} from '../packages/clerk/src/outbox/webhooks/receiver.test-support.ts'
import { type RunningStack, startStack } from './running-stack.ts'

const signingSecret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'

let receiver: Receiver
let stack: RunningStack

beforeAll(async () => {
  receiver = await openReceiver()
  const webhook = `[[clerk.webhooks]]\nname = "app"\nurl = "${receiver.url}"\nsecret = "${signingSecret}"\n`
  stack = await startStack({ files: { 'supabase/config.toml': webhook } })
})
afterAll(async () => {
  await stack[Symbol.asyncDispose]()
  await receiver.close()
})

const client = () =>
  createClerkClient({ secretKey: stack.line('CLERK_SECRET_KEY'), apiUrl: stack.line('CLERK_API_URL') })

const requestOf = ({ headers, body }: Received, more: Record<string, string> = {}): Request =>
  new Request(receiver.url, { method: 'POST', headers: { ...headers, ...more }, body })

const verified = async (): Promise<WebhookEvent[]> =>
  await Promise.all(receiver.received.map((received) => verifyWebhook(requestOf(received), { signingSecret })))

test('verifyWebhook accepts what is sent, and reads the life of a user from it', async () => {
  const user = await client().users.createUser({ emailAddress: ['ada@example.com'], publicMetadata: { plan: 'pro' } })
  await client().users.updateUser(user.id, { firstName: 'Ada' })
  await client().users.deleteUser(user.id)
  await expect.poll(() => receiver.received.length, { timeout: 5000 }).toBe(3)
  const events = await verified()
  expect(events.map(({ type }) => type)).toEqual(['user.created', 'user.updated', 'user.deleted'])
  expect(events[0]).toMatchObject({
    object: 'event',
    data: { id: user.id, email_addresses: [{ email_address: 'ada@example.com' }], public_metadata: { plan: 'pro' } },
    event_attributes: { http_request: { client_ip: '127.0.0.1', user_agent: expect.any(String) } },
  })
  expect(events[2]).toMatchObject({ data: { id: user.id, object: 'user', deleted: true } })
})

test('verifyWebhook turns down what was changed on the way, or signed with another secret', async () => {
  await client().users.createUser({ emailAddress: ['grace@example.com'] })
  await expect.poll(() => receiver.received.length, { timeout: 5000 }).toBeGreaterThan(0)
  const received = receiver.received[0] as Received
  const changed = { ...received, body: received.body.replace('user.created', 'user.deleted') }
  await expect(verifyWebhook(requestOf(changed), { signingSecret })).rejects.toThrow(
    'Unable to verify incoming webhook',
  )
  await expect(verifyWebhook(requestOf(received, { 'svix-id': 'msg_other' }), { signingSecret })).rejects.toThrow(
    'Unable to verify incoming webhook',
  )
  const other = { signingSecret: 'whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' }
  await expect(verifyWebhook(requestOf(received), other)).rejects.toThrow('Unable to verify incoming webhook')
})
