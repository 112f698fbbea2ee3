// Every change of organizations through the Backend API is told by its event, in the same transaction, and keeps
// the rules about places, roles and invitations.

import { afterAll, beforeAll, expect, test } from 'vitest'

import { createTestDatabase, type TestDatabase } from '../../../../testing/src/template-database.ts'
import { type RunningClerk, startClerk } from '../../start-clerk.ts'

const secretKey = 'sk_test_organization_instance'

let database: TestDatabase
let clerk: RunningClerk
let now = Date.now()

beforeAll(async () => {
  database = await createTestDatabase()
  clerk = await startClerk({
    databaseUrl: database.url('tenon_clerk'),
    port: 0,
    instances: [{ name: 'default', domain: 'organizations.local.clerk.accounts.dev', secretKey }],
    now: () => now,
  })
})

afterAll(async () => {
  await clerk.stop()
  await database.drop()
})

type Answer = Record<string, unknown> & { readonly id: string }

async function ask(method: string, path: string, body?: unknown): Promise<Answer> {
  const headers = { authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' }
  const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) }
  const answer = await fetch(`${clerk.instance().backendApiUrl}/v1${path}`, init)
  return { status: answer.status, ...((await answer.json()) as Answer) }
}

const codeOf = async (answer: Promise<Answer>) =>
  ((await answer)['errors'] as readonly { code: string }[] | undefined)?.[0]?.code

interface RecordedEvent {
  readonly id: string
  readonly body: { readonly type: string; readonly data: Record<string, unknown> }
}

const allEvents = async () =>
  (await database.query(
    'select id, body from clerk.events order by position',
    'supabase_admin',
  )) as unknown as readonly RecordedEvent[]

async function eventsOf(work: () => Promise<unknown>): Promise<readonly RecordedEvent['body'][]> {
  const known = new Set((await allEvents()).map(({ id }) => id))
  await work()
  return (await allEvents()).filter(({ id }) => !known.has(id)).map(({ body }) => body)
}

const typesOf = async (work: () => Promise<unknown>) => (await eventsOf(work)).map(({ type }) => type)

let count = 0
const email = () => `organizations-${(count += 1)}@example.com`
const somebody = async (address = email()) => (await ask('POST', '/users', { email_address: [address] })).id
const organization = async (more: object = {}) => await ask('POST', '/organizations', { name: 'Acme', ...more })

test('an organization and its members tell of their changes', async () => {
  const [creator, other] = [await somebody(), await somebody()]
  let id = ''
  const created = await eventsOf(async () => (id = (await organization({ created_by: creator })).id))
  expect(created).toMatchObject([
    { type: 'organization.created', data: { object: 'organization', name: 'Acme', created_by: creator } },
    {
      type: 'organizationMembership.created',
      data: { role: 'org:admin', organization: { id }, public_user_data: { user_id: creator } },
    },
  ])
  const path = `/organizations/${id}`
  expect(await typesOf(() => ask('PATCH', path, { name: 'Acme & Co' }))).toEqual(['organization.updated'])
  expect(await typesOf(() => ask('PATCH', `${path}/metadata`, { public_metadata: { a: 1 } }))).toEqual([
    'organization.updated',
  ])
  const member = `${path}/memberships/${other}`
  expect(await typesOf(() => ask('POST', `${path}/memberships`, { user_id: other, role: 'org:member' }))).toEqual([
    'organizationMembership.created',
  ])
  expect(await typesOf(() => ask('PATCH', member, { role: 'org:admin' }))).toEqual(['organizationMembership.updated'])
  expect(await typesOf(() => ask('DELETE', member))).toEqual(['organizationMembership.deleted'])
  expect(await eventsOf(() => ask('DELETE', path))).toMatchObject([
    { type: 'organization.deleted', data: { object: 'organization', id, deleted: true } },
  ])
})

test('organizations of one name that are made at once have slugs of their own', async () => {
  const made = await Promise.all([0, 1, 2, 3].map(() => organization({ name: 'All at Once' })))
  expect(new Set(made.map(({ slug }) => slug)).size).toBe(4)
  expect(made.map(({ slug }) => String(slug))).toContain('all-at-once')
})

test('an organization that nobody can manage says so when it is asked', async () => {
  const admin = await somebody()
  const { id } = await organization({ created_by: admin })
  const query = 'include_missing_member_with_elevated_permissions=true&include_members_count=true'
  const missing = async () =>
    (await ask('GET', `/organizations/${id}?${query}`))['missing_member_with_elevated_permissions']
  expect(await missing()).toBe(false)
  await ask('PATCH', `/organizations/${id}/memberships/${admin}`, { role: 'org:member' })
  expect(await missing()).toBe(true)
  expect(await ask('GET', `/organizations?organization_id=${id}&${query}`)).toMatchObject({
    data: [{ id, members_count: 1, missing_member_with_elevated_permissions: true }],
  })
})

test('nothing is told of what was refused', async () => {
  const { id } = await organization()
  const refused = await typesOf(async () => {
    expect(await codeOf(ask('POST', '/organizations', { name: 'X', created_by: 'user_none' }))).toBe(
      'organization_creator_not_found',
    )
    expect(await codeOf(ask('POST', `/organizations/${id}/memberships`, { user_id: 'user_none', role: 'org:x' }))).toBe(
      'resource_not_found',
    )
  })
  expect(refused).toEqual([])
})

test('an invitation is sent, counted, told, and taken back once', async () => {
  const admin = await somebody()
  const { id } = await organization({ created_by: admin })
  const address = email()
  const path = `/organizations/${id}/invitations`
  let invitation: Answer | undefined
  const events = await eventsOf(async () => {
    invitation = await ask('POST', path, { email_address: address, role: 'org:member', inviter_user_id: admin })
  })
  expect(invitation).toMatchObject({
    object: 'organization_invitation',
    email_address: address,
    status: 'pending',
    role_name: 'Member',
    inviter_id: admin,
    expires_at: now + 30 * 86_400_000,
  })
  expect(String(invitation?.['url'])).toMatch(/\/v1\/tickets\/accept\?ticket=eyJ/)
  expect(events.map(({ type }) => type)).toEqual(['email.created', 'organizationInvitation.created'])
  expect(events[0]?.data).toMatchObject({ slug: 'organization_invitation', to_email_address: address })
  expect(events[1]?.data['url']).toBeNull()
  expect(await ask('GET', `/organizations/${id}`)).toMatchObject({ pending_invitations_count: 1 })
  const revoke = `${path}/${invitation?.id}/revoke`
  expect(await typesOf(() => ask('POST', revoke, {}))).toEqual(['organizationInvitation.revoked'])
  expect(await codeOf(ask('POST', revoke, {}))).toBe('organization_invitation_not_pending')
  expect(await ask('GET', `/organizations/${id}`)).toMatchObject({ pending_invitations_count: 0 })
})

test('an address is invited once at a time, and members are not invited', async () => {
  const address = email()
  const member = await somebody(address)
  const { id } = await organization({ created_by: member })
  const path = `/organizations/${id}/invitations`
  const body = { email_address: email(), role: 'org:member' }
  await ask('POST', path, body)
  expect(await ask('POST', path, body)).toMatchObject({
    status: 400,
    errors: [{ code: 'duplicate_record', meta: { email_addresses: [body.email_address] } }],
  })
  const twice = [{ ...body, email_address: email() }, body]
  expect(await codeOf(ask('POST', `${path}/bulk`, twice))).toBe('duplicate_record')
  expect(await ask('GET', path)).toMatchObject({ total_count: 1 })
  expect(await codeOf(ask('POST', path, { ...body, email_address: address }))).toBe('already_a_member_in_organization')
  expect(await codeOf(ask('POST', path, { ...body, email_address: email(), role: 'org:none' }))).toBe(
    'resource_not_found',
  )
})

test('an invitation whose time is over reads as expired and makes room for another', async () => {
  const { id } = await organization()
  const path = `/organizations/${id}/invitations`
  const body = { email_address: email(), role: 'org:member', expires_in_days: 1 }
  const first = await ask('POST', path, body)
  now += 2 * 86_400_000
  expect(await ask('GET', `${path}/${first.id}`)).toMatchObject({ status: 'expired' })
  expect(await codeOf(ask('POST', `${path}/${first.id}/revoke`, {}))).toBe('organization_invitation_not_pending')
  expect(await ask('POST', path, body)).toMatchObject({ status: 'pending' })
  expect(await ask('GET', `${path}?status=expired`)).toMatchObject({ total_count: 1, data: [{ id: first.id }] })
  expect(await ask('GET', `${path}?status=pending&status=expired`)).toMatchObject({ total_count: 2 })
  expect(await codeOf(ask('GET', `${path}?status=lost`))).toBe('form_param_value_invalid')
  expect(await codeOf(ask('GET', `${path}/orginv_none`))).toBe('organization_invitation_not_found')
})

test('members and outstanding invitations share the places there are', async () => {
  const { id } = await organization({ created_by: await somebody(), max_allowed_memberships: 2 })
  const path = `/organizations/${id}`
  await ask('POST', `${path}/invitations`, { email_address: email(), role: 'org:member' })
  const quota = 'organization_membership_quota_exceeded'
  const more = { email_address: email(), role: 'org:member' }
  expect(await codeOf(ask('POST', `${path}/invitations`, more))).toBe(quota)
  expect(await codeOf(ask('POST', `${path}/memberships`, { user_id: await somebody(), role: 'org:member' }))).toBe(
    quota,
  )
})

const by = (inviter: string) => ({ email_address: email(), role: 'org:member', inviter_user_id: inviter })

test('only who may manage members invites and revokes in her own name', async () => {
  const [admin, member, stranger] = [await somebody(), await somebody(), await somebody()]
  const { id } = await organization({ created_by: admin })
  await ask('POST', `/organizations/${id}/memberships`, { user_id: member, role: 'org:member' })
  const path = `/organizations/${id}/invitations`
  expect(await codeOf(ask('POST', path, by(member)))).toBe('missing_organization_permission')
  expect(await codeOf(ask('POST', path, by(stranger)))).toBe('organization_not_found_or_unauthorized')
  const invitation = await ask('POST', path, by(admin))
  const revoke = `${path}/${invitation.id}/revoke`
  expect(await codeOf(ask('POST', revoke, { requesting_user_id: member }))).toBe('missing_organization_permission')
  expect(await ask('POST', revoke, { requesting_user_id: admin })).toMatchObject({ status: 'revoked' })
})

test('roles and permissions are made, changed and deleted with their events', async () => {
  let permission: Answer | undefined
  const told = await typesOf(async () => {
    permission = await ask('POST', '/organization_permissions', { name: 'Pay', key: 'org:invoices:pay' })
    await ask('PATCH', `/organization_permissions/${permission.id}`, { description: 'Pays' })
  })
  expect(told).toEqual(['permission.created', 'permission.updated'])
  let role: Answer | undefined
  const types = await typesOf(async () => {
    role = await ask('POST', '/organization_roles', {
      name: 'Accountant',
      key: 'org:accountant',
      permissions: [permission?.id],
    })
    await ask('PATCH', `/organization_roles/${role.id}`, { name: 'Book-keeper', key: 'org:keeper' })
    await ask('DELETE', `/organization_roles/${role.id}/permissions/${permission?.id}`)
    await ask('POST', `/organization_roles/${role.id}/permissions/${permission?.id}`)
  })
  expect(types).toEqual(['role.created', 'role.updated', 'role.updated', 'role.updated'])
  expect(await ask('GET', `/organization_roles/${role?.id}`)).toMatchObject({
    key: 'org:keeper',
    permissions: [{ key: 'org:invoices:pay', type: 'user' }],
  })
  expect(await codeOf(ask('POST', `/organization_roles/${role?.id}/permissions/${permission?.id}`))).toBe(
    'organization_role_permission_association_exists',
  )
  expect(await typesOf(() => ask('DELETE', `/organization_permissions/${permission?.id}`))).toEqual([
    'permission.deleted',
  ])
  expect(await typesOf(() => ask('DELETE', `/organization_roles/${role?.id}`))).toEqual(['role.deleted'])
})

test('a role that is in use stays, and members follow its new key', async () => {
  const role = await ask('POST', '/organization_roles', { name: 'Guest', key: 'org:guest' })
  const guest = await somebody()
  const { id } = await organization()
  await ask('POST', `/organizations/${id}/memberships`, { user_id: guest, role: 'org:guest' })
  expect(await codeOf(ask('DELETE', `/organization_roles/${role.id}`))).toBe('organization_role_assigned_members')
  await ask('PATCH', `/organization_roles/${role.id}`, { key: 'org:visitor' })
  expect(await ask('GET', `/organizations/${id}/memberships`)).toMatchObject({ data: [{ role: 'org:visitor' }] })
  await ask('DELETE', `/organizations/${id}/memberships/${guest}`)
  await ask('POST', `/organizations/${id}/invitations`, { email_address: email(), role: 'org:visitor' })
  expect(await codeOf(ask('DELETE', `/organization_roles/${role.id}`))).toBe('organization_role_exists_in_invitations')
})

test.each<[code: string, method: string, path: string, body?: object]>([
  ['form_identifier_exists', 'POST', '/organization_roles', { name: 'Admin', key: 'org:admin' }],
  ['form_param_format_invalid', 'POST', '/organization_roles', { name: 'Admin', key: 'admin' }],
  ['organization_role_default_creator_role', 'DELETE', '/organization_roles/org:admin'],
  ['organization_role_domain_default_role', 'DELETE', '/organization_roles/org:member'],
  ['organization_missing_creator_role_permissions', 'PATCH', '/organization_roles/org:admin', { permissions: [] }],
  ['form_identifier_exists', 'POST', '/organization_permissions', { name: 'x', key: 'org:once:only' }],
  ['form_param_format_invalid', 'POST', '/organization_permissions', { name: 'x', key: 'org:sys_x:y' }],
  [
    'organization_system_permission_not_modifiable',
    'PATCH',
    '/organization_permissions/org:sys_profile:manage',
    { name: 'x' },
  ],
  ['resource_not_found', 'GET', '/organization_permissions/perm_none'],
  ['resource_not_found', 'GET', '/organization_roles/role_none'],
])('%s: %s %s', async (code, method, path, body) => {
  await ask('POST', '/organization_permissions', { name: 'Once', key: 'org:once:only' })
  expect(await codeOf(ask(method, path, body))).toBe(code)
})

test('an instance has ten roles at most', async () => {
  const made = []
  for (let index = 0; index < 10; index += 1) {
    made.push(await codeOf(ask('POST', '/organization_roles', { name: 'More', key: `org:more_${index}` })))
  }
  expect(made.at(-1)).toBe('organization_instance_roles_quota_exceeded')
})
