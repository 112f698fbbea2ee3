// Tickets from the Backend API, read and used up as the Frontend API does.

import { sign } from 'node:crypto'

import { afterAll, beforeAll, expect, test } from 'vitest'

import { createTestDatabase, type TestDatabase } from '../../../../testing/src/template-database.ts'
import { acceptInvitation } from '../../directory/organizations/organization-invitations.ts'
import { openSession } from '../../directory/sessions/open-session.ts'
import { mintSessionToken } from '../../tokens/minting/mint-token.ts'
import { mintTicket } from '../../tokens/minting/mint-tickets.ts'
import { type RunningClerk, startClerk } from '../../start-clerk.ts'
import { type ClerkDatabase, openDatabase } from '../../state/database/database.ts'
import { type Instance, openInstance } from '../../state/instance/instance.ts'
import { insertInvitation, settleInvitation } from '../../state/people/invitations.ts'
import { requireSession } from '../../state/sessions/sessions.ts'
import { requireTicket, type Ticket } from './require-ticket.ts'
import { spendTicket } from './spend-ticket.ts'

const secretKey = 'sk_test_ticket_instance'
const configured = { name: 'default', domain: 'tickets.local.clerk.accounts.dev', secretKey }

let database: TestDatabase
let connection: ClerkDatabase
let clerk: RunningClerk
let instance: Instance
let now = Date.now()

beforeAll(async () => {
  database = await createTestDatabase()
  const databaseUrl = database.url('tenon_clerk')
  clerk = await startClerk({ databaseUrl, port: 0, instances: [configured], now: () => now })
  connection = openDatabase(databaseUrl, () => undefined)
  instance = await openInstance(connection, configured, { now: () => now, frontendApiUrl: () => clerk.url })
})

afterAll(async () => {
  await connection.close()
  await clerk.stop()
  await database.drop()
})

async function post(path: string, body: object = {}): Promise<Record<string, unknown>> {
  const headers = { authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' }
  const url = `${clerk.instance().backendApiUrl}/v1${path}`
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
  return (await answer.json()) as Record<string, unknown>
}

const somebody = async () => String((await post('/users', { username: `ticket_${(people += 1)}` }))['id'])
let people = 0

const refusalOf = (call: Promise<unknown>) =>
  call.then(
    () => 'not refused',
    (error: unknown) => (error as { code: string }).code,
  )

test('a sign-in token is a ticket for its user, once', async () => {
  const userId = await somebody()
  const { id, token, url } = await post('/sign_in_tokens', { user_id: userId })
  expect(url).toBe(`${clerk.url}/v1/tickets/accept?ticket=${String(token)}`)
  const ticket = (await requireTicket(instance, String(token))) as Extract<Ticket, { kind: 'sign_in_token' }>
  expect(ticket).toEqual({ kind: 'sign_in_token', id, userId, organizationId: null })
  const spent = await Promise.allSettled([spendTicket(instance.store, ticket), spendTicket(instance.store, ticket)])
  expect(spent.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  expect(await refusalOf(requireTicket(instance, String(token)))).toBe('sign_in_token_already_used_code')
  expect(await refusalOf(spendTicket(instance.store, ticket))).toBe('sign_in_token_already_used_code')
})

test('an actor token opens a session that says who acts and ends early', async () => {
  const [userId, actorId] = [await somebody(), await somebody()]
  const actor = { sub: actorId, reason: 'support' }
  const { token } = await post('/actor_tokens', { user_id: userId, actor, session_max_duration_in_seconds: 60 })
  const ticket = (await requireTicket(instance, String(token))) as Extract<Ticket, { kind: 'actor_token' }>
  expect(ticket).toMatchObject({ kind: 'actor_token', userId, actor, sessionLifetime: 60_000 })
  const sessionId = await openSession(instance.store, {
    userId,
    activeOrganizationId: null,
    actor: ticket.actor,
    lifetime: ticket.sessionLifetime,
  })
  expect(await requireSession(instance.store, sessionId)).toMatchObject({ actor, expireAt: now + 60_000 })
  const jwt = await mintSessionToken(instance, { sessionId, lifetimeSeconds: null, authorizedParty: null })
  expect(JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString())).toMatchObject({
    sub: userId,
    act: actor,
  })
  await spendTicket(instance.store, ticket)
  expect(await refusalOf(requireTicket(instance, String(token)))).toBe('actor_token_already_used_code')
  expect(await refusalOf(spendTicket(instance.store, ticket))).toBe('actor_token_already_used_code')
})

test('revoked tokens are no tickets any more', async () => {
  const userId = await somebody()
  const signIn = await post('/sign_in_tokens', { user_id: userId })
  await post(`/sign_in_tokens/${String(signIn['id'])}/revoke`)
  expect(await refusalOf(requireTicket(instance, String(signIn['token'])))).toBe('sign_in_token_revoked_code')
  const actor = await post('/actor_tokens', { user_id: userId, actor: { sub: userId } })
  await post(`/actor_tokens/${String(actor['id'])}/revoke`)
  expect(await refusalOf(requireTicket(instance, String(actor['token'])))).toBe('actor_token_revoked_code')
})

test('an invitation is a ticket until it is accepted, revoked or over', async () => {
  const invite = async () => {
    const fields = { emailAddress: 'guest@example.com', publicMetadata: { team: 'a' }, redirectUrl: null }
    const invitation = await insertInvitation(instance.store, { ...fields, lifetime: 60_000 })
    return { ...invitation, ticket: await mintTicket(instance, 'invitation', invitation) }
  }
  const accepted = await invite()
  const ticket = (await requireTicket(instance, accepted.ticket)) as Extract<Ticket, { kind: 'invitation' }>
  expect(ticket.invitation).toMatchObject({ emailAddress: 'guest@example.com', publicMetadata: { team: 'a' } })
  await spendTicket(instance.store, ticket)
  expect(await refusalOf(requireTicket(instance, accepted.ticket))).toBe('invitation_already_accepted')
  expect(await refusalOf(spendTicket(instance.store, ticket))).toBe('invitation_already_accepted')
  const revoked = await invite()
  await settleInvitation(instance.store, revoked.id, 'revoked')
  expect(await refusalOf(requireTicket(instance, revoked.ticket))).toBe('revoked_invitation')
  const over = await invite()
  const longer = await mintTicket(instance, 'invitation', { ...over, expiresAt: over.expiresAt + 60_000 })
  now += 61_000
  expect(await refusalOf(requireTicket(instance, over.ticket))).toBe('ticket_expired_code')
  expect(await refusalOf(requireTicket(instance, longer))).toBe('ticket_expired_code')
})

test('an invitation to an organization is a ticket until it is accepted or its organization is gone', async () => {
  const invite = async (emailAddress: string) => {
    const organization = await post('/organizations', { name: 'Acme' })
    const body = { email_address: emailAddress, role: 'org:member' }
    const { url } = await post(`/organizations/${String(organization['id'])}/invitations`, body)
    return { organization, ticket: new URL(String(url)).searchParams.get('ticket') ?? '' }
  }
  const { organization, ticket } = await invite('member@example.com')
  const read = await requireTicket(instance, ticket)
  expect(read).toMatchObject({ kind: 'organization_invitation', invitation: { emailAddress: 'member@example.com' } })
  const user = await post('/users', { email_address: ['member@example.com'] })
  expect(await acceptInvitation(instance.store, read.id, String(user['id']))).toMatchObject({
    role: 'org:member',
    organization: { id: organization['id'] },
  })
  expect(await refusalOf(requireTicket(instance, ticket))).toBe('organization_invitation_already_accepted')
  const orphan = await invite('member@example.com')
  await connection.query('delete from clerk.organizations where id = $1', [orphan.organization['id']])
  expect(await refusalOf(requireTicket(instance, orphan.ticket))).toBe(
    'organization_invitation_to_deleted_organization',
  )
})

test('what this instance did not sign as a ticket is refused', async () => {
  const userId = await somebody()
  const { token } = await post('/sign_in_tokens', { user_id: userId })
  const [header = '', payload = '', signature = ''] = String(token).split('.')
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object
  const changed = Buffer.from(JSON.stringify({ ...claims, sid: 'sit_other' })).toString('base64url')
  const session = await post('/sessions', { user_id: userId })
  const { jwt } = await post(`/sessions/${String(session['id'])}/tokens`)
  const gone = await post('/sign_in_tokens', { user_id: await somebody() })
  await connection.query('delete from clerk.users where id = $1', [gone['user_id']])
  const none = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url')
  const foreign = await signedHere({ ...claims, iid: 'ins_other' })
  const forged = ['', 'x', `${header}.${changed}.${signature}`, `${none}.${payload}.`, jwt, gone['token'], foreign]
  for (const text of forged) expect(await refusalOf(requireTicket(instance, String(text)))).toBe('ticket_invalid_code')
})

async function signedHere(claims: object): Promise<string> {
  const [key] = (await instance.snapshot()).keys
  const parts = [{ alg: 'RS256', kid: key.kid }, claims]
  const input = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
  return `${input}.${sign('sha256', Buffer.from(input), key.privateKey).toString('base64url')}`
}
