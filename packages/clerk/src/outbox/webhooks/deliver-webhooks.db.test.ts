import { Webhook } from 'svix'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'

import { createTestDatabase, type TestDatabase } from '../../../../testing/src/template-database.ts'
import { recordEvent } from '../events/record-event.ts'
import { type ClerkOptions, type RunningClerk, startClerk } from '../../start-clerk.ts'
import { type ClerkDatabase, openDatabase } from '../../state/database/database.ts'
import { onBehalfOf, storeOf } from '../../state/database/store.ts'
import { openReceiver, type Receiver } from './receiver.test-support.ts'

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const secretKey = 'sk_test_of_the_webhook_instance'

let database: TestDatabase
let connection: ClerkDatabase
let receiver: Receiver
let started: RunningClerk[] = []

beforeAll(async () => {
  database = await createTestDatabase()
  connection = openDatabase(database.url('tenon_clerk'), () => undefined)
})
beforeEach(async () => {
  receiver = await openReceiver()
})
afterEach(async () => {
  await Promise.all(started.map((clerk) => clerk.stop()))
  started = []
  await receiver.close()
  await database.query('truncate clerk.events cascade; delete from clerk.webhook_endpoints', 'tenon_clerk')
})
afterAll(async () => {
  await connection.close()
  await database.drop()
})

async function start(more: Partial<ClerkOptions> = {}, eventTypes: readonly string[] = []): Promise<RunningClerk> {
  const webhooks = [{ name: 'app', url: receiver.url, secret, eventTypes }]
  const clerk = await startClerk({
    databaseUrl: database.url('tenon_clerk'),
    port: 0,
    instances: [{ name: 'default', domain: 'hooks.local.clerk.accounts.dev', secretKey, webhooks }],
    webhookPolicy: { retryDelays: [1, 1, 1], patience: 2000, lease: 4000 },
    ...more,
  })
  started.push(clerk)
  return clerk
}

const record = (clerk: RunningClerk, name: string, type: 'user.created' | 'user.updated' = 'user.created') =>
  onBehalfOf(storeOf(connection, { instanceId: clerk.instance().id, now: Date.now, imageUrlOf: () => '' }), {
    clientIp: '203.0.113.7',
    userAgent: 'A browser',
  }).atomically((store) => recordEvent(store, type, { object: 'user', id: name }))

async function ask(clerk: RunningClerk, path: string, init: RequestInit = {}): Promise<{ status: number; body: Json }> {
  const headers = { authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' }
  const answer = await fetch(`${clerk.instance().backendApiUrl}/v1${path}`, { ...init, headers })
  return { status: answer.status, body: answer.status === 204 ? {} : ((await answer.json()) as Json) }
}

interface Json {
  readonly [member: string]: unknown
  readonly data?: readonly Json[]
}

const endpointId = async (clerk: RunningClerk) =>
  String((await ask(clerk, '/webhook_endpoints')).body.data?.[0]?.['id'])
const attempts = async (clerk: RunningClerk) =>
  (await ask(clerk, `/webhook_endpoints/${await endpointId(clerk)}/attempts`)).body.data ?? []
const names = () => receiver.received.map(({ body }) => (JSON.parse(body) as { data: { id: string } }).data.id)
const pending = async () => {
  const rows = await connection.query(`select 1 from clerk.webhook_deliveries where status = 'pending'`)
  return rows.length
}

test('an event arrives signed, with what it tells of and who asked for it', async () => {
  const clerk = await start()
  await record(clerk, 'ada')
  await expect.poll(names).toEqual(['ada'])
  const [event] = receiver.received
  expect(event?.id).toMatch(/^msg_/)
  expect(() => new Webhook(secret).verify(event?.body ?? '', { ...event?.headers })).not.toThrow()
  expect(JSON.parse(event?.body ?? '')).toEqual({
    data: { object: 'user', id: 'ada' },
    event_attributes: { http_request: { client_ip: '203.0.113.7', user_agent: 'A browser' } },
    instance_id: clerk.instance().id,
    object: 'event',
    timestamp: expect.any(Number),
    type: 'user.created',
  })
})

test('a refused event comes again under the same id until it is accepted, and each attempt is logged', async () => {
  const clerk = await start()
  receiver.answer = () => (receiver.received.length < 3 ? 500 : 200)
  await record(clerk, 'ada')
  await expect
    .poll(async () => (await attempts(clerk)).map(({ outcome }) => outcome))
    .toEqual(['delivered', 'refused', 'refused'])
  expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(1)
  expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1)
  expect(await attempts(clerk)).toMatchObject([
    { number: 3, response_status: 200, event_type: 'user.created' },
    { number: 2, response_status: 500, response_excerpt: 'answer 500' },
    { number: 1, duration_ms: expect.any(Number) },
  ])
})

test('a message can be read as it was sent, and the kinds of event are listed', async () => {
  const clerk = await start()
  await record(clerk, 'ada')
  await expect.poll(names).toEqual(['ada'])
  const [event] = receiver.received
  expect((await ask(clerk, `/webhook_events/${event?.id}`)).body).toEqual({
    object: 'webhook_event',
    id: event?.id,
    type: 'user.created',
    body: event?.body,
    created_at: expect.any(Number),
  })
  expect((await ask(clerk, '/webhook_events/msg_x')).status).toBe(404)
  expect((await ask(clerk, '/webhook_event_types')).body.data).toContain('organizationMembership.created')
})

test('after its last attempt an event has failed, and a replay sends it as if it were new', async () => {
  const clerk = await start()
  receiver.answer = () => 410
  await record(clerk, 'ada')
  await expect.poll(async () => (await attempts(clerk)).length).toBe(4)
  expect(await pending()).toBe(0)
  receiver.answer = () => 204
  const id = await endpointId(clerk)
  const body = JSON.stringify({ event_id: receiver.received[0]?.id })
  const replayed = await ask(clerk, `/webhook_endpoints/${id}/replay`, { method: 'POST', body })
  expect(replayed.body).toMatchObject({ object: 'webhook_replay', event_count: 1 })
  await expect.poll(() => receiver.received.length).toBe(5)
  await expect.poll(pending).toBe(0)
})

test('everything since a moment is replayed, the oldest first', async () => {
  const clerk = await start()
  for (const name of ['a', 'b', 'c']) await record(clerk, name)
  await expect.poll(names).toEqual(['a', 'b', 'c'])
  await expect.poll(pending).toBe(0)
  const id = await endpointId(clerk)
  await ask(clerk, `/webhook_endpoints/${id}/replay`, { method: 'POST', body: '{"since":0}' })
  await expect.poll(names).toEqual(['a', 'b', 'c', 'a', 'b', 'c'])
})

test('an endpoint hears only of the events it asked for, and of none while it is disabled', async () => {
  const clerk = await start({}, ['user.updated'])
  await record(clerk, 'not wanted')
  await record(clerk, 'wanted', 'user.updated')
  await expect.poll(names).toEqual(['wanted'])
  const id = await endpointId(clerk)
  await ask(clerk, `/webhook_endpoints/${id}`, { method: 'PATCH', body: '{"enabled":false}' })
  await record(clerk, 'while disabled', 'user.updated')
  await ask(clerk, `/webhook_endpoints/${id}`, { method: 'PATCH', body: '{"enabled":true}' })
  await record(clerk, 'after', 'user.updated')
  await expect.poll(names).toEqual(['wanted', 'after'])
})

test('an endpoint that only fails for long is disabled, says since when, and goes on when it is enabled', async () => {
  const clerk = await start({ webhookPolicy: { retryDelays: [1, 1], patience: 2000, lease: 4000, disableAfter: 0 } })
  receiver.answer = () => 500
  await record(clerk, 'ada')
  const id = await endpointId(clerk)
  const endpoint = async () => (await ask(clerk, `/webhook_endpoints/${id}`)).body
  await expect.poll(endpoint).toMatchObject({ enabled: false, disabled_at: expect.any(Number) })
  expect(receiver.received).toHaveLength(1)
  receiver.answer = () => 204
  await ask(clerk, `/webhook_endpoints/${id}`, { method: 'PATCH', body: '{"enabled":true}' })
  await expect.poll(() => receiver.received.length).toBe(2)
  await expect.poll(endpoint).toMatchObject({ enabled: true, disabled_at: null, failing_since: null })
})

test('an endpoint that does not answer holds up no other, and is logged as unreachable', async () => {
  const clerk = await start({ webhookPolicy: { retryDelays: [], patience: 300, lease: 1000 } })
  receiver.answer = () => 'silence'
  const other = await openReceiver()
  await ask(clerk, '/webhook_endpoints', { method: 'POST', body: JSON.stringify({ url: other.url }) })
  await record(clerk, 'ada')
  await expect.poll(() => other.received.length).toBe(1)
  await expect.poll(pending).toBe(0)
  const rows = await connection.query('select outcome from clerk.webhook_attempts order by outcome')
  expect(rows).toEqual([{ outcome: 'delivered' }, { outcome: 'unreachable' }])
  await other.close()
})

test('a lease that ran out is taken over by another process', async () => {
  const clerk = await start()
  await clerk.stop()
  started = []
  await record(clerk, 'ada')
  await connection.query('update clerk.webhook_deliveries set leased_until = $1', [Date.now() + 300])
  const begun = Date.now()
  await start()
  await expect.poll(names, { timeout: 5000 }).toEqual(['ada'])
  expect(Date.now() - begun).toBeGreaterThan(150)
})

test('several processes share the deliveries, and each event comes once', async () => {
  const [clerk] = await Promise.all([start(), start(), start()])
  const wanted = Array.from({ length: 60 }, (_, index) => `user ${index}`)
  await Promise.all(wanted.map((name) => record(clerk, name)))
  await expect.poll(pending).toBe(0)
  expect(names().sort()).toEqual(wanted.sort())
})

test('a stop gives back what an endpoint did not acknowledge, without counting it', async () => {
  const clerk = await start({ webhookPolicy: { retryDelays: [], patience: 60_000, lease: 120_000 } })
  receiver.answer = () => 'silence'
  await record(clerk, 'ada')
  await expect.poll(() => receiver.received.length).toBe(1)
  await clerk.stop()
  started = []
  expect(await connection.query('select status, attempts, leased_until from clerk.webhook_deliveries')).toEqual([
    { status: 'pending', attempts: 0, leased_until: 0 },
  ])
})

test('events and messages past their time go, with their deliveries', async () => {
  const clerk = await start()
  await record(clerk, 'ada')
  await expect.poll(pending).toBe(0)
  await start({ retention: -1000 })
  await expect.poll(() => connection.query('select 1 from clerk.webhook_attempts')).toEqual([])
  expect(await connection.query('select 1 from clerk.events')).toEqual([])
})

const named = (url: string) => [{ name: 'app', url, eventTypes: ['user.created'] }]

test('configured endpoints follow the configuration, and keep the secret that was made for them', async () => {
  const instance = { name: 'default', domain: 'hooks.local.clerk.accounts.dev', secretKey }
  const first = await start({ instances: [{ ...instance, webhooks: named('http://127.0.0.1:1/a') }] })
  const before = (await ask(first, '/webhook_endpoints')).body.data
  const second = await start({ instances: [{ ...instance, webhooks: named('http://127.0.0.1:1/b') }] })
  const after = (await ask(second, '/webhook_endpoints')).body.data
  expect(after).toEqual([
    { ...before?.[0], url: 'http://127.0.0.1:1/b', updated_at: expect.any(Number), name: 'app', enabled: true },
  ])
  const third = await start({ instances: [{ ...instance, webhooks: [] }] })
  expect((await ask(third, '/webhook_endpoints')).body).toEqual({ data: [], total_count: 0 })
})

test.each([
  ['url', { url: 'ftp://x' }],
  ['secret', { secret: 'whsec_x' }],
  ['events', { eventTypes: ['*'] }],
  ['name', { name: '' }],
])('a configured endpoint whose %s cannot be is refused at the start', async (key, wrong) => {
  const webhooks = [{ name: 'app', url: 'https://app.example.com', ...wrong }]
  const instances = [{ name: 'default', domain: 'hooks.local.clerk.accounts.dev', secretKey, webhooks }]
  await expect(start({ instances })).rejects.toThrow(`webhooks[0].${key}`)
})

test.each<[what: string, method: string, path: string, body: object | null, status: number, code: string]>([
  ['an address of another kind', 'POST', '', { url: 'file:///etc/passwd' }, 422, 'form_param_format_invalid'],
  ['no address', 'POST', '', {}, 422, 'form_param_missing'],
  [
    'a secret that cannot sign',
    'POST',
    '',
    { url: 'https://a.example', secret: 'x' },
    422,
    'form_param_format_invalid',
  ],
  [
    'what is no event',
    'POST',
    '',
    { url: 'https://a.example', event_types: ['user.nope'] },
    422,
    'form_param_value_invalid',
  ],
  ['an unknown endpoint', 'GET', '/wep_x', null, 404, 'resource_not_found'],
  ['a change of an unknown one', 'PATCH', '/wep_x', { enabled: true }, 404, 'resource_not_found'],
  ['the end of an unknown one', 'DELETE', '/wep_x', null, 404, 'resource_not_found'],
  ['attempts of an unknown one', 'GET', '/wep_x/attempts', null, 404, 'resource_not_found'],
])('%s is refused', async (_what, method, path, body, status, code) => {
  const clerk = await start()
  const init = { method, body: body === null ? null : JSON.stringify(body) }
  const answer = await ask(clerk, `/webhook_endpoints${path}`, init)
  expect([answer.status, answer.body['errors']]).toEqual([status, [expect.objectContaining({ code })]])
})

test('a replay says what of, one thing at a time, and of events that are there', async () => {
  const clerk = await start()
  const path = `/webhook_endpoints/${await endpointId(clerk)}/replay`
  const replay = async (body: object) =>
    (await ask(clerk, path, { method: 'POST', body: JSON.stringify(body) })).body['errors']
  expect(await replay({})).toMatchObject([{ code: 'form_param_missing' }])
  expect(await replay({ event_id: 'msg_x', since: 1 })).toMatchObject([{ code: 'form_conditional_param_disallowed' }])
  expect(await replay({ event_id: 'msg_x' })).toMatchObject([{ code: 'resource_not_found' }])
})

test('Clerk’s own two calls lead to the endpoints, and end those that were made here', async () => {
  const clerk = await start()
  await ask(clerk, '/webhook_endpoints', { method: 'POST', body: '{"url":"https://app.example.com"}' })
  const made = await ask(clerk, '/webhooks/svix', { method: 'POST' })
  expect(made.body).toEqual({ svix_url: `${clerk.url}/backend/v1/webhook_endpoints` })
  expect((await ask(clerk, '/webhooks/svix_url', { method: 'POST' })).body).toEqual(made.body)
  expect((await ask(clerk, '/webhooks/svix', { method: 'DELETE' })).status).toBe(204)
  expect((await ask(clerk, '/webhook_endpoints')).body).toMatchObject({ data: [{ name: 'app' }], total_count: 1 })
})
