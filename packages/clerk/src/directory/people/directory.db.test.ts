// Every change of people and sessions through the Backend API is told by its event, in the same transaction.

import { afterAll, beforeAll, expect, test } from 'vitest'

import { createTestDatabase, type TestDatabase } from '../../../../testing/src/template-database.ts'
import { type RunningClerk, startClerk } from '../../start-clerk.ts'

const secretKey = 'sk_test_directory_instance'

let database: TestDatabase
let clerk: RunningClerk

beforeAll(async () => {
  database = await createTestDatabase()
  const domain = 'directory.local.clerk.accounts.dev'
  clerk = await startClerk({
    databaseUrl: database.url('tenon_clerk'),
    port: 0,
    instances: [{ name: 'default', domain, secretKey }],
  })
})

afterAll(async () => {
  await clerk.stop()
  await database.drop()
})

async function ask(method: string, path: string, body?: object): Promise<Record<string, unknown>> {
  const headers = { authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' }
  const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) }
  const answer = await fetch(`${clerk.instance().backendApiUrl}/v1${path}`, init)
  return (await answer.json()) as Record<string, unknown>
}

interface RecordedEvent {
  readonly type: string
  readonly data: Record<string, unknown>
}

/** The events that `work` recorded. */
async function eventsOf(work: () => Promise<unknown>): Promise<readonly RecordedEvent[]> {
  const known = new Set((await allEvents()).map(({ id }) => id))
  await work()
  return (await allEvents()).filter(({ id }) => !known.has(id)).map(({ body }) => body)
}

const allEvents = async () =>
  (await database.query('select id, body from clerk.events order by position', 'supabase_admin')) as unknown as {
    id: string
    body: RecordedEvent
  }[]

const typesOf = async (work: () => Promise<unknown>) => (await eventsOf(work)).map(({ type }) => type)

let people = 0
const somebody = async (): Promise<string> => {
  const email = `directory-${(people += 1)}@example.com`
  return String((await ask('POST', '/users', { email_address: [email] }))['id'])
}

const sessionOf = async (userId: string): Promise<string> =>
  String((await ask('POST', '/sessions', { user_id: userId }))['id'])

test('a new user is told with what identifies her, and a refused one is not told at all', async () => {
  const body = { email_address: ['told@example.com'], private_metadata: { note: 'x' } }
  const events = await eventsOf(() => ask('POST', '/users', body))
  expect(events).toMatchObject([
    {
      type: 'user.created',
      data: {
        object: 'user',
        email_addresses: [{ email_address: 'told@example.com' }],
        private_metadata: { note: 'x' },
        primary_email_address_id: expect.stringMatching(/^idn_/) as unknown,
      },
    },
  ])
  expect(await typesOf(() => ask('POST', '/users', body))).toEqual([])
})

test.each<[what: string, method: string, path: string, body?: object]>([
  ['a change', 'PATCH', '', { first_name: 'Ada' }],
  ['merged metadata', 'PATCH', '/metadata', { public_metadata: { a: 1 } }],
  ['replaced metadata', 'PUT', '/metadata', { public_metadata: { a: 1 } }],
  ['a ban', 'POST', '/ban'],
  ['the end of a ban', 'POST', '/unban'],
  ['a lock', 'POST', '/lock'],
  ['the end of a lock', 'POST', '/unlock'],
  ['a removed password', 'POST', '/remove_password', {}],
  ['removed second factors', 'DELETE', '/mfa'],
  ['a removed authenticator app', 'DELETE', '/totp'],
  ['a replaced address', 'PUT', '/email_address', { email_address: 'replaced@example.com' }],
  ['a replaced number', 'PUT', '/phone_number', { phone_number: '+15555550123' }],
])('%s is told as a change of the user', async (_what, method, path, body) => {
  const id = await somebody()
  const events = await eventsOf(() => ask(method, `/users/${id}${path}`, body))
  expect(events).toMatchObject([{ type: 'user.updated', data: { id } }])
})

test('added, verified and removed addresses and numbers are told as changes of the user', async () => {
  const userId = await somebody()
  const added = await ask('POST', '/email_addresses', { user_id: userId, email_address: 'second@example.com' })
  const email = `/email_addresses/${String(added['id'])}`
  const number = await ask('POST', '/phone_numbers', { user_id: userId, phone_number: '+15555550124', verified: true })
  const phone = `/phone_numbers/${String(number['id'])}`
  const [event] = await eventsOf(() => ask('PATCH', email, { verified: true }))
  expect(event).toMatchObject({
    type: 'user.updated',
    data: { email_addresses: [{}, { email_address: 'second@example.com', verification: { status: 'verified' } }] },
  })
  expect(await typesOf(() => ask('PATCH', phone, { reserved_for_second_factor: true }))).toEqual(['user.updated'])
  expect(await typesOf(() => ask('DELETE', email))).toEqual(['user.updated'])
  expect(await typesOf(() => ask('DELETE', phone))).toEqual(['user.updated'])
  const again = { user_id: userId, email_address: 'third@example.com' }
  expect(await typesOf(() => ask('POST', '/email_addresses', again))).toEqual(['user.updated'])
})

test('a deletion is told with the external id', async () => {
  const { id } = await ask('POST', '/users', { username: 'short_lived', external_id: 'legacy-9' })
  const events = await eventsOf(() => ask('DELETE', `/users/${String(id)}`))
  expect(events).toMatchObject([
    { type: 'user.deleted', data: { id, object: 'user', deleted: true, external_id: 'legacy-9' } },
  ])
})

test('sessions are told when they open and when they are revoked, once, with their user', async () => {
  const userId = await somebody()
  const [created] = await eventsOf(() => sessionOf(userId))
  expect(created).toMatchObject({
    type: 'session.created',
    data: { object: 'session', status: 'active', user_id: userId, user: { id: userId } },
  })
  const id = String(created?.data['id'])
  expect(await eventsOf(() => ask('POST', `/sessions/${id}/revoke`))).toMatchObject([
    { type: 'session.revoked', data: { id, status: 'revoked' } },
  ])
  expect(await typesOf(() => ask('POST', `/sessions/${id}/revoke`))).toEqual([])
})

test('a ban and a new password that signs out tell of every session they revoke', async () => {
  const userId = await somebody()
  await sessionOf(userId)
  await sessionOf(userId)
  const change = { password: 'a long enough one', sign_out_of_other_sessions: true }
  const expected = ['user.updated', 'session.revoked', 'session.revoked']
  expect(await typesOf(() => ask('PATCH', `/users/${userId}`, change))).toEqual(expected)
  await sessionOf(userId)
  expect(await typesOf(() => ask('POST', `/users/${userId}/ban`))).toEqual(['user.updated', 'session.revoked'])
})
