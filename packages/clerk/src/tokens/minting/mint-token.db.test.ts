import { afterAll, beforeAll, expect, test } from 'vitest'

import { createTestDatabase, type TestDatabase } from '../../../../testing/src/template-database.ts'
import { type RunningClerk, startClerk } from '../../start-clerk.ts'
import { parseSeed } from '../../state/seed/parse-seed.ts'

const secretKey = 'sk_test_of_minting'
const seed = parseSeed({
  roles: [{ key: 'org:billing', permissions: ['org:invoices:read'] }],
  users: [
    { email_address: 'ada@example.com', external_id: 'ada' },
    { email_address: 'eve@example.com', external_id: 'eve' },
  ],
  organizations: [{ name: 'Acme', slug: 'acme', members: [{ user: 'ada', role: 'org:admin' }] }],
})

let database: TestDatabase
let clerk: RunningClerk

beforeAll(async () => {
  database = await createTestDatabase()
  const instance = { name: 'default', domain: 'mint.local.clerk.accounts.dev', secretKey, seed }
  clerk = await startClerk({ databaseUrl: database.url('tenon_clerk'), port: 0, instances: [instance] })
})

afterAll(async () => {
  await clerk.stop()
  await database.drop()
})

type Answer = Readonly<Record<string, unknown>>

async function ask<Answered = Answer>(method: string, path: string, body?: object): Promise<Answered> {
  const headers = { authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' }
  const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) }
  const answer = await fetch(`${clerk.instance().backendApiUrl}/v1${path}`, init)
  return (await answer.json()) as Answered
}

async function userId(externalId: string): Promise<string> {
  const [user] = await ask<{ id: string }[]>('GET', `/users?external_id=${externalId}`)
  return user?.id ?? ''
}

async function signIn(externalId: string): Promise<string> {
  return (await ask<{ id: string }>('POST', '/sessions', { user_id: await userId(externalId) })).id
}

const mint = (sessionId: string) => ask('POST', `/sessions/${sessionId}/tokens`)

function claimsOf(answer: Answer): Answer {
  return JSON.parse(Buffer.from(String(answer['jwt']).split('.')[1] ?? '', 'base64url').toString()) as Answer
}

const notFound = { errors: [{ code: 'resource_not_found' }] }

test('sessions that mint at the same time get a token each of their own, and the one that is over gets none', async () => {
  const [ada, eve, over] = await Promise.all([signIn('ada'), signIn('eve'), signIn('eve')])
  await ask('POST', `/sessions/${over}/revoke`)
  const inTurn = [ada, eve, over, 'sess_unknown', 'sess_%00']
  const answers = await Promise.all(Array.from({ length: 60 }, (_, at) => mint(inTurn[at % 5] ?? '')))
  const expected = [{ sid: ada }, { sid: eve }, notFound, notFound, notFound]
  const told = answers.map((answer) => (answer['jwt'] === undefined ? answer : claimsOf(answer)))
  expect(told).toMatchObject(Array.from({ length: 60 }, (_, at) => expected[at % 5]))
})

test('a session mints nothing from the moment it is revoked, however many mint beside it', async () => {
  const [ada, eve] = await Promise.all([signIn('ada'), signIn('eve')])
  const others = Array.from({ length: 30 }, () => mint(ada))
  await ask('POST', `/sessions/${eve}/revoke`)
  expect(await mint(eve)).toMatchObject(notFound)
  await Promise.all(others)
})

test('a banned user mints nothing', async () => {
  const session = await signIn('eve')
  await ask('POST', `/users/${await userId('eve')}/ban`)
  expect(await mint(session)).toMatchObject(notFound)
  await ask('POST', `/users/${await userId('eve')}/unban`)
})

test('a change of the organization, of the role and of its permissions is in the next token', async () => {
  const session = await signIn('ada')
  const { data } = await ask<{ data: { id: string }[] }>('GET', '/organizations?query=acme')
  const path = `/organizations/${data[0]?.id}`
  expect(claimsOf(await mint(session))).toMatchObject({ o: { rol: 'admin', slg: 'acme' } })
  await ask('PATCH', `${path}/memberships/${await userId('ada')}`, { role: 'org:billing' })
  await ask('PATCH', path, { slug: 'acme-corp' })
  expect(claimsOf(await mint(session))).toMatchObject({
    fea: 'o:invoices',
    o: { rol: 'billing', slg: 'acme-corp', per: 'read', fpm: '1' },
  })
  await ask('DELETE', `${path}/memberships/${await userId('ada')}`)
  expect(claimsOf(await mint(session))).not.toHaveProperty('o')
})
