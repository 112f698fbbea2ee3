// The mirror of a running stack: it follows the built-in instance by its webhooks, as it would follow the real one.

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import { createClerkClient } from '@clerk/backend'
import { Webhook } from 'svix'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { type RunningStack, startStack, tenon } from './running-stack.ts'

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const config = `[clerk.mirror]\nenabled = true\nwebhook_secret = "${secret}"\n`
const migration = 'create table notes (id int primary key, user_id text references clerk_users on delete cascade);'

let stack: RunningStack

beforeAll(async () => {
  const files = { 'supabase/config.toml': config, 'supabase/migrations/20270101000000_notes.sql': migration }
  stack = await startStack({ files })
})
afterAll(async () => await stack[Symbol.asyncDispose]())

const clerk = () =>
  createClerkClient({ secretKey: stack.line('CLERK_SECRET_KEY'), apiUrl: stack.line('CLERK_API_URL') })

async function rows(table: string, authorization?: string): Promise<readonly Record<string, unknown>[]> {
  const apikey = authorization === undefined ? stack.line('SECRET_KEY') : stack.line('PUBLISHABLE_KEY')
  const headers = { apikey, ...(authorization !== undefined && { authorization: `Bearer ${authorization}` }) }
  const answer = await fetch(`${stack.line('REST_URL')}/${table}`, { headers })
  return (await answer.json()) as Record<string, unknown>[]
}

const person = async (id: string) => await rows(`clerk_users?id=eq.${id}&select=email,first_name`)

async function send(body: string, headers: Record<string, string>): Promise<{ status: number; body: unknown }> {
  const answer = await fetch(`${stack.line('API_URL')}/platform/v1/webhooks/clerk`, { method: 'POST', headers, body })
  return { status: answer.status, body: await answer.json() }
}

function signed(id: string, type: string, data: object): { body: string; headers: Record<string, string> } {
  const now = new Date()
  const body = JSON.stringify({ object: 'event', type, timestamp: now.getTime(), data })
  const signature = new Webhook(secret).sign(id, now, body)
  const timestamp = String(Math.floor(now.getTime() / 1000))
  const headers = { 'svix-id': id, 'svix-timestamp': timestamp, 'svix-signature': signature }
  return { body, headers: { ...headers, 'content-type': 'application/json' } }
}

test('a person is in the mirror as soon as she is made, changes with her, and goes with her', async () => {
  const user = await clerk().users.createUser({ emailAddress: ['ada@example.com'], firstName: 'A' })
  await expect.poll(() => person(user.id), { timeout: 10_000 }).toEqual([{ email: 'ada@example.com', first_name: 'A' }])
  await clerk().users.updateUser(user.id, { firstName: 'Ada' })
  await expect.poll(() => person(user.id), { timeout: 10_000 }).toMatchObject([{ first_name: 'Ada' }])
  await clerk().users.deleteUser(user.id)
  await expect.poll(() => person(user.id), { timeout: 10_000 }).toEqual([])
})

test('an organization and its members are followed, and go together', async () => {
  const [boss, hand] = await Promise.all(
    ['boss', 'hand'].map((name) => clerk().users.createUser({ emailAddress: [`${name}@crew.example`] })),
  )
  const userId = hand?.id ?? ''
  const { id } = await clerk().organizations.createOrganization({ name: 'Crew', createdBy: boss?.id ?? '' })
  await clerk().organizations.createOrganizationMembership({ organizationId: id, userId, role: 'org:member' })
  await clerk().organizations.updateOrganizationMembership({ organizationId: id, userId, role: 'org:admin' })
  const crew = async () => await rows(`clerk_organization_memberships?organization_id=eq.${id}&select=user_id,role`)
  const admins = [boss?.id, userId].map((member) => ({ user_id: member, role: 'org:admin' }))
  await expect.poll(crew, { timeout: 10_000 }).toEqual(expect.arrayContaining(admins))
  await clerk().organizations.deleteOrganization(id)
  await expect.poll(crew, { timeout: 10_000 }).toEqual([])
  await expect.poll(() => rows(`clerk_organizations?id=eq.${id}`), { timeout: 10_000 }).toEqual([])
})

test('a signed-in person sees her own row and nobody else’s', async () => {
  const [ada, grace] = await Promise.all(
    ['one', 'two'].map((name) => clerk().users.createUser({ emailAddress: [`${name}@example.com`] })),
  )
  await expect.poll(() => person(grace?.id ?? ''), { timeout: 10_000 }).toHaveLength(1)
  await expect.poll(() => person(ada?.id ?? ''), { timeout: 10_000 }).toHaveLength(1)
  const session = await clerk().sessions.createSession({ userId: ada?.id ?? '' })
  const { jwt } = await clerk().sessions.getToken(session.id)
  expect(await rows('clerk_users?select=id', jwt)).toEqual([{ id: ada?.id }])
})

test('a webhook is applied once, and only with the signature of this endpoint', async () => {
  const event = signed('msg_by_hand', 'user.created', { id: 'user_by_hand', first_name: 'Hand' })
  expect(await send(event.body, event.headers)).toEqual({ status: 200, body: { outcome: 'applied' } })
  expect(await send(event.body, event.headers)).toEqual({ status: 200, body: { outcome: 'duplicate' } })
  const other = signed('msg_other', 'session.created', { id: 'sess_1' })
  expect(await send(other.body, other.headers)).toEqual({ status: 200, body: { outcome: 'ignored' } })
  const changed = await send(event.body.replace('Hand', 'Fist'), event.headers)
  expect(changed).toMatchObject({ status: 400, body: { code: 'mirror.signature-invalid' } })
  const unsigned = await send(event.body, { 'content-type': 'application/json' })
  expect(unsigned).toMatchObject({ status: 400, body: { code: 'mirror.signature-invalid' } })
  const nonsense = signed('msg_nonsense', 'user.created', {})
  expect(await send(nonsense.body, nonsense.headers)).toMatchObject({
    status: 400,
    body: { code: 'mirror.event-malformed' },
  })
  expect(await person('user_by_hand')).toEqual([{ email: null, first_name: 'Hand' }])
})

test('a backfill brings what Clerk has, and removes what it does not have', async () => {
  const user = await clerk().users.createUser({ emailAddress: ['boss@example.com'] })
  const organization = await clerk().organizations.createOrganization({ name: 'Acme', createdBy: user.id })
  const event = signed('msg_ghost', 'user.created', { id: 'user_ghost' })
  await send(event.body, event.headers)
  const { stdout } = await tenon(stack.folder, 'clerk', 'backfill')
  expect(stdout).toMatch(/^users: \d+ read, \d+ written, [12] removed\norganizations: 1 read/)
  expect(await rows('clerk_organizations?select=id,name')).toEqual([{ id: organization.id, name: 'Acme' }])
  expect(await rows('clerk_organization_memberships?select=user_id,role')).toEqual([
    { user_id: user.id, role: 'org:admin' },
  ])
  expect(await person('user_ghost')).toEqual([])
})

test('after a reset of the database the mirror is filled again', async () => {
  const before = await rows('clerk_users?select=id&order=id')
  expect(before.length).toBeGreaterThan(1)
  await tenon(stack.folder, 'db', 'reset')
  await expect.poll(() => rows('clerk_users?select=id&order=id'), { timeout: 10_000 }).toEqual(before)
})

test('the backfill wants the secret key', async () => {
  const url = `${stack.line('API_URL')}/platform/v1/clerk/mirror/backfill`
  const answer = await fetch(url, { method: 'POST', headers: { apikey: stack.line('PUBLISHABLE_KEY') } })
  expect(answer.status).toBe(401)
})

test('without a key to the real Clerk a backfill says which one is missing, and asks nobody', async () => {
  const real = `[clerk]\nenabled = false\n[clerk.mirror]\nenabled = true\nwebhook_secret = "${secret}"\n`
  await using alone = await startStack({ files: { 'supabase/config.toml': real } })
  const url = `${alone.line('API_URL')}/platform/v1/clerk/mirror/backfill`
  const answer = await fetch(url, { method: 'POST', headers: { apikey: alone.line('SECRET_KEY') } })
  expect([answer.status, await answer.json()]).toEqual([
    502,
    expect.objectContaining({
      code: 'mirror.clerk-unavailable',
      hint: expect.stringContaining('[clerk.mirror] secret_key'),
    }),
  ])
})

test('with the real Clerk a new mirror is filled from it, one backfill at a time', async () => {
  const { promise: released, resolve: release } = Promise.withResolvers<void>()
  const asked: (string | undefined)[] = []
  const server = createServer((request, response) => {
    asked.push(request.headers.authorization)
    const people = [{ id: 'user_real', first_name: 'Real', updated_at: 1 }]
    const answer = JSON.stringify(request.url?.startsWith('/v1/users?') === true ? people : [])
    void released.then(() => response.end(answer))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const keys = `webhook_secret = "${secret}"\nsecret_key = "sk_live_real"\napi_url = "${address}/"\n`
  const real = `[clerk]\nenabled = false\n[clerk.mirror]\nenabled = true\nschema = "people"\n${keys}`
  await using alone = await startStack({ files: { 'supabase/config.toml': `[api]\nschemas = ["people"]\n${real}` } })
  const headers = { apikey: alone.line('SECRET_KEY') }
  const url = `${alone.line('API_URL')}/platform/v1/clerk/mirror/backfill`
  const second = await fetch(url, { method: 'POST', headers })
  expect([second.status, await second.json()]).toEqual([
    409,
    expect.objectContaining({ code: 'mirror.backfill-running' }),
  ])
  release()
  const mirrored = async () =>
    await (await fetch(`${alone.line('REST_URL')}/clerk_users?select=id`, { headers })).json()
  await expect.poll(mirrored, { timeout: 10_000 }).toEqual([{ id: 'user_real' }])
  expect(asked[0]).toBe('Bearer sk_live_real')
  server.closeAllConnections()
  await new Promise((done) => server.close(done))
})

test('a project without a mirror says how to have one', async () => {
  await using plain = await startStack({ empty: true })
  const answer = await fetch(`${plain.line('API_URL')}/platform/v1/webhooks/clerk`, { method: 'POST', body: '{}' })
  expect([answer.status, await answer.json()]).toEqual([
    404,
    expect.objectContaining({ code: 'mirror.disabled', hint: 'Set [clerk.mirror] enabled = true.' }),
  ])
})
