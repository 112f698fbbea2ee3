// The unmodified @clerk/backend against the running identity provider: every Backend API resource that is
// built, its filters and pages, its refusals as the SDK parses them, and tokens as the SDK verifies them.

import { generateKeyPairSync } from 'node:crypto'

import { createClerkClient, type User, verifyToken } from '@clerk/backend'
import { type ClerkAPIResponseError, isClerkAPIResponseError } from '@clerk/backend/errors'
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { parseSeed, type RunningClerk, type RunningInstance, startClerk } from '../packages/clerk/src/index.ts'
import { setup } from '../packages/testing/src/start-test-postgres.ts'
import { createTestDatabase, type TestDatabase } from '../packages/testing/src/template-database.ts'

const password = 'correct horse battery'

let stopPostgres: () => Promise<void>
let database: TestDatabase
let clerk: RunningClerk
let instance: RunningInstance
let other: RunningInstance

beforeAll(async () => {
  stopPostgres = await setup()
  database = await createTestDatabase()
  clerk = await startClerk({
    databaseUrl: database.url('tenon_clerk'),
    port: 0,
    instances: [
      {
        name: 'default',
        domain: 'tasks.local.clerk.accounts.dev',
        secretKey: 'sk_test_default_instance',
        connectedToSupabase: true,
        supabaseJwtSecret: database.jwtSecret,
        seed: parseSeed({
          roles: [
            { key: 'org:accountant', name: 'Accountant', permissions: ['org:invoices:read', 'org:invoices:pay'] },
          ],
        }),
      },
      {
        name: 'other',
        domain: 'other.local.clerk.accounts.dev',
        secretKey: 'sk_test_other_instance',
        tokenVersion: 'v1',
        sessionClaims: { plan: "{{user.public_metadata.plan || 'free'}}" },
      },
    ],
  })
  instance = clerk.instance()
  other = clerk.instance('other')
})

afterAll(async () => {
  await clerk.stop()
  await database.drop()
  await stopPostgres()
})

const clientOf = ({ secretKey, backendApiUrl }: RunningInstance) =>
  createClerkClient({ secretKey, apiUrl: backendApiUrl, telemetry: { disabled: true } })
const client = () => clientOf(instance)

const names = (list: { data: readonly User[] }) => list.data.map(({ firstName }) => firstName)

const organizationsListed = async (params: object) => {
  const { data, totalCount } = await client().organizations.getOrganizationList({ query: 'listed', ...params })
  return [data.map(({ name }) => name.slice('Listed '.length)), totalCount]
}

function send(
  path: string,
  init: Omit<RequestInit, 'headers'> & { headers?: Record<string, string> },
): Promise<Response> {
  const headers = { authorization: `Bearer ${instance.secretKey}`, ...init.headers }
  return fetch(`${instance.backendApiUrl}/v1${path}`, { ...init, headers })
}

let people = 0
const somebody = (more: object = {}): Promise<User> =>
  client().users.createUser({ emailAddress: [`person-${(people += 1)}@example.com`], ...more })

async function refusalOf(call: Promise<unknown>): Promise<ClerkAPIResponseError> {
  const thrown = await call.then(
    () => expect.unreachable('the call was not refused'),
    (error: unknown) => error,
  )
  if (!isClerkAPIResponseError(thrown)) throw thrown
  return thrown
}

describe('users', () => {
  test('a user is created with everything the request names', async () => {
    const user = await client().users.createUser({
      emailAddress: ['Ada@Example.com', 'ada@work.example'],
      phoneNumber: ['+15555550100'],
      username: 'ada_l',
      firstName: 'Ada',
      lastName: 'Lovelace',
      password,
      externalId: 'legacy-1',
      publicMetadata: { plan: 'pro' },
      privateMetadata: { note: 'x' },
      unsafeMetadata: { theme: 'dark' },
    })
    expect(user.id).toMatch(/^user_[0-9A-Za-z]{27}$/)
    expect(user).toMatchObject({
      username: 'ada_l',
      firstName: 'Ada',
      lastName: 'Lovelace',
      externalId: 'legacy-1',
      passwordEnabled: true,
      publicMetadata: { plan: 'pro' },
      privateMetadata: { note: 'x' },
      unsafeMetadata: { theme: 'dark' },
      twoFactorEnabled: false,
      banned: false,
      locked: false,
      lastSignInAt: null,
    })
    expect(user.primaryEmailAddress).toMatchObject({
      emailAddress: 'ada@example.com',
      verification: { status: 'verified', strategy: 'admin' },
    })
    expect(user.emailAddresses.map(({ emailAddress }) => emailAddress)).toEqual(['ada@example.com', 'ada@work.example'])
    expect(user.primaryPhoneNumber?.phoneNumber).toBe('+15555550100')
    expect(Math.abs(user.createdAt - Date.now())).toBeLessThan(60_000)
    await expect(client().users.getUser(user.id)).resolves.toMatchObject({ id: user.id, username: 'ada_l' })
  })

  test('the picture of a user is an image this server has', async () => {
    const { imageUrl } = await somebody()
    const picture = await fetch(imageUrl)
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/svg+xml'])
  })

  test.each<[what: string, params: object, code: string, param: string | undefined]>([
    ['a taken e-mail address', { emailAddress: ['taken@example.com'] }, 'form_identifier_exists', 'email_address'],
    ['a taken username in other capitals', { username: 'TAKEN_NAME' }, 'form_identifier_exists', 'username'],
    ['a taken external id', { username: 'free_name', externalId: 'taken' }, 'form_identifier_exists', 'external_id'],
    ['what is no e-mail address', { emailAddress: ['nobody'] }, 'form_param_format_invalid', 'email_address'],
    ['what is no phone number', { phoneNumber: ['123'] }, 'form_param_format_invalid', 'phone_number'],
    ['a short password', { username: 'free_name', password: 'short' }, 'form_password_length_too_short', 'password'],
    ['nobody at all', {}, 'form_data_missing', undefined],
    ['an unknown parameter', { username: 'free_name', shoeSize: 43 }, 'form_param_unknown', 'shoe_size'],
    ['a parameter of the wrong type', { username: 'free_name', firstName: 4 }, 'form_param_type_invalid', 'first_name'],
  ])('creating %s is refused and leaves nothing behind', async (_what, params, code, param) => {
    const taken = { emailAddress: ['taken@example.com'], username: 'taken_name', externalId: 'taken' }
    await client()
      .users.createUser(taken)
      .catch(() => null)
    const before = await client().users.getCount()
    const refusal = await refusalOf(client().users.createUser(params))
    expect(refusal.status).toBe(422)
    expect(refusal.errors[0]).toMatchObject({ code, meta: { paramName: param } })
    expect(refusal.clerkTraceId).toMatch(/^[0-9a-f]{32}$/)
    await expect(client().users.getCount()).resolves.toBe(before)
  })

  test('a user is changed, and a deprecated metadata change replaces', async () => {
    const user = await somebody({ publicMetadata: { a: 1 } })
    const changed = await client().users.updateUser(user.id, { firstName: 'Grace', publicMetadata: { b: 2 } })
    expect(changed).toMatchObject({ firstName: 'Grace', publicMetadata: { b: 2 } })
    expect(changed.updatedAt).toBeGreaterThanOrEqual(user.updatedAt)
    await expect(client().users.updateUser(user.id, { firstName: null as never })).resolves.toMatchObject({
      firstName: null,
    })
  })

  test('metadata merges deeply, null removes, and a replacement touches only what it names', async () => {
    const user = await somebody({ publicMetadata: { a: { b: 1, c: 2 } }, privateMetadata: { kept: true } })
    const merged = await client().users.updateUserMetadata(user.id, {
      publicMetadata: { a: { b: null, d: 3 } },
    })
    expect(merged).toMatchObject({ publicMetadata: { a: { c: 2, d: 3 } }, privateMetadata: { kept: true } })
    expect(merged.publicMetadata['a']).not.toHaveProperty('b')
    const replaced = await client().users.replaceUserMetadata(user.id, { publicMetadata: { z: 1 } })
    expect([replaced.publicMetadata, replaced.privateMetadata]).toEqual([{ z: 1 }, { kept: true }])
  })

  test('merges at the same time lose nothing', async () => {
    const user = await somebody()
    const keys = Array.from({ length: 8 }, (_, index) => `k${index}`)
    await Promise.all(keys.map((key) => client().users.updateUserMetadata(user.id, { publicMetadata: { [key]: 1 } })))
    expect(Object.keys((await client().users.getUser(user.id)).publicMetadata).toSorted()).toEqual(keys)
  })

  test('passwords are verified, changed and removed', async () => {
    const { id } = await somebody({ password })
    await expect(client().users.verifyPassword({ userId: id, password })).resolves.toEqual({ verified: true })
    const wrong = await refusalOf(client().users.verifyPassword({ userId: id, password: 'wrong' }))
    expect([wrong.status, wrong.errors[0]?.code]).toEqual([422, 'incorrect_password'])
    await client().users.updateUser(id, { password: 'another long one' })
    await client().users.verifyPassword({ userId: id, password: 'another long one' })
    await expect(client().users.removePassword(id)).resolves.toMatchObject({ passwordEnabled: false })
    const none = await refusalOf(client().users.verifyPassword({ userId: id, password }))
    expect([none.status, none.errors[0]?.code]).toEqual([400, 'no_password_set'])
  })

  test('a ban ends the sessions of a user, and a lock is told with its end', async () => {
    const { id } = await somebody()
    const session = await client().sessions.createSession({ userId: id })
    await expect(client().users.banUser(id)).resolves.toMatchObject({ banned: true })
    expect((await client().sessions.getSession(session.id)).status).toBe('revoked')
    expect((await refusalOf(client().sessions.createSession({ userId: id }))).errors[0]?.code).toBe('user_banned')
    await expect(client().users.unbanUser(id)).resolves.toMatchObject({ banned: false })
    const locked = await client().users.lockUser(id)
    expect([locked.locked, (locked.raw?.lockout_expires_in_seconds ?? 0) > 3500]).toEqual([true, true])
    await expect(client().users.unlockUser(id)).resolves.toMatchObject({ locked: false })
  })

  test('a deleted user is gone, with her identifiers free again', async () => {
    const user = await client().users.createUser({ emailAddress: ['gone@example.com'] })
    await expect(client().users.deleteUser(user.id)).resolves.toMatchObject({
      id: user.id,
      deleted: true,
      object: 'user',
    })
    const refusal = await refusalOf(client().users.getUser(user.id))
    expect([refusal.status, refusal.errors[0]?.code]).toEqual([404, 'resource_not_found'])
    await client().users.createUser({ emailAddress: ['gone@example.com'] })
  })
})

describe('lists of users', () => {
  const made: User[] = []

  beforeAll(async () => {
    for (const [index, name] of ['Zoe', 'Yan', 'Xia'].entries()) {
      made.push(
        await client().users.createUser({
          emailAddress: [`list-${name}@listing.example`],
          phoneNumber: [`+1555555012${index}`],
          username: `listed_${name}`,
          firstName: name,
          lastName: 'Listed',
          externalId: `list-${name}`,
        }),
      )
    }
    await client().users.banUser(made[2]?.id ?? '')
  })

  const listed = { query: 'Listed' }

  test('a page has the newest first and the count of all', async () => {
    const page = await client().users.getUserList({ ...listed, limit: 2 })
    expect([names(page), page.totalCount]).toEqual([['Xia', 'Yan'], 3])
    expect(names(await client().users.getUserList({ ...listed, limit: 2, offset: 2 }))).toEqual(['Zoe'])
  })

  test.each<[filter: object, found: readonly string[]]>([
    [{ emailAddress: ['LIST-zoe@listing.example', 'nobody@listing.example'] }, ['Zoe']],
    [{ phoneNumber: ['+15555550121'] }, ['Yan']],
    [{ phoneNumber: ['+19999999999'] }, []],
    [{ username: ['LISTED_xia'] }, ['Xia']],
    [{ externalId: ['list-Zoe', 'list-Yan'] }, ['Yan', 'Zoe']],
    [{ ...listed, externalId: ['-list-Zoe'] }, ['Xia', 'Yan']],
    [{ web3Wallet: ['0x1'] }, []],
    [{ emailAddressQuery: 'ZOE@LISTING' }, ['Zoe']],
    [{ phoneNumberQuery: '555012' }, ['Xia', 'Yan', 'Zoe']],
    [{ usernameQuery: 'ed_y' }, ['Yan']],
    [{ nameQuery: 'zoe list' }, ['Zoe']],
    [{ nameQuery: '%' }, []],
    [{ ...listed, banned: 'true' }, ['Xia']],
    [{ ...listed, banned: 'false' }, ['Yan', 'Zoe']],
    [{ ...listed, createdAtAfter: 4_000_000_000_000 }, []],
    [{ ...listed, createdAtBefore: 4_000_000_000_000 }, ['Xia', 'Yan', 'Zoe']],
    [{ ...listed, lastActiveAtAfter: 1 }, []],
    [{ ...listed, orderBy: 'first_name' }, ['Xia', 'Yan', 'Zoe']],
    [{ ...listed, orderBy: '-first_name' }, ['Zoe', 'Yan', 'Xia']],
    [{ ...listed, orderBy: '+created_at' }, ['Zoe', 'Yan', 'Xia']],
    [{ ...listed, orderBy: '-email_address' }, ['Zoe', 'Yan', 'Xia']],
    [{ ...listed, emailAddress: ['list-zoe@listing.example'], username: ['listed_Yan'] }, []],
  ])('the filter %o finds %o and counts as many', async (filter, found) => {
    const list = await client().users.getUserList(filter)
    expect([names(list), list.totalCount]).toEqual([found, found.length])
  })

  test('ids include and exclude', async () => {
    const [zoe, yan] = made
    expect(names(await client().users.getUserList({ userId: [zoe?.id ?? '', yan?.id ?? ''] }))).toEqual(['Yan', 'Zoe'])
    expect(names(await client().users.getUserList({ ...listed, userId: [`-${zoe?.id}`] }))).toEqual(['Xia', 'Yan'])
  })

  test('members of an organization are found by it', async () => {
    const [zoe] = made
    const organization = await client().organizations.createOrganization({ name: 'Zoo', createdBy: zoe?.id ?? '' })
    expect(names(await client().users.getUserList({ organizationId: [organization.id] }))).toEqual(['Zoe'])
    expect(names(await client().users.getUserList({ ...listed, organizationId: [`-${organization.id}`] }))).toEqual([
      'Xia',
      'Yan',
    ])
  })

  test('a cursor goes on where the page before ended', async () => {
    const [, yan] = made
    const page = await client().users.getUserList({ ...listed, startingAfter: yan?.id } as object)
    expect(names(page)).toEqual(['Zoe'])
  })

  test.each([{ limit: 501 }, { orderBy: '-password' }, { createdAtAfter: 'today' }, { startingAfter: 'x', offset: 1 }])(
    'the query %o is refused',
    async (query) => {
      expect((await refusalOf(client().users.getUserList(query as object))).status).toBe(422)
    },
  )
})

describe('e-mail addresses and phone numbers', () => {
  test('an address is added, proven, made primary and taken away', async () => {
    const user = await somebody()
    const api = client().emailAddresses
    const added = await api.createEmailAddress({ userId: user.id, emailAddress: `second-${user.id}@example.com` })
    expect(added).toMatchObject({ id: expect.stringMatching(/^idn_/) as string, verification: null })
    expect((await refusalOf(api.updateEmailAddress(added.id, { primary: true }))).errors[0]?.code).toBe(
      'identification_update_failed',
    )
    await expect(api.updateEmailAddress(added.id, { verified: true, primary: true })).resolves.toMatchObject({
      verification: { status: 'verified' },
    })
    expect((await client().users.getUser(user.id)).primaryEmailAddressId).toBe(added.id)
    await expect(api.deleteEmailAddress(added.id)).resolves.toMatchObject({ deleted: true, id: added.id })
    expect((await client().users.getUser(user.id)).primaryEmailAddressId).toBe(user.primaryEmailAddressId)
    expect((await refusalOf(api.getEmailAddress(added.id))).status).toBe(404)
  })

  test('one identifier takes the place of all there were', async () => {
    const user = await somebody({ phoneNumber: ['+15555550188'] })
    const emailAddress = `replaced-${user.id}@example.com`
    const address = await client().users.replaceUserEmailAddress(user.id, { emailAddress })
    await client().users.replaceUserPhoneNumber(user.id, { phoneNumber: '+15555550189' })
    const replaced = await client().users.getUser(user.id)
    expect(replaced.emailAddresses.map(({ id }) => id)).toEqual([address.id])
    expect(replaced.primaryEmailAddress?.emailAddress).toBe(emailAddress.toLowerCase())
    expect(replaced.primaryPhoneNumber?.phoneNumber).toBe('+15555550189')
  })

  test('a number reserved for the second factor makes the user a two-factor one', async () => {
    const { id } = await somebody()
    const api = client().phoneNumbers
    const added = await api.createPhoneNumber({
      userId: id,
      phoneNumber: '+15555550177',
      verified: true,
      primary: true,
    })
    const reserved = await api.updatePhoneNumber(added.id, { reservedForSecondFactor: true })
    expect(reserved).toMatchObject({ reservedForSecondFactor: true, defaultSecondFactor: true })
    expect(await client().users.getUser(id)).toMatchObject({ twoFactorEnabled: true, primaryPhoneNumberId: added.id })
    await client().users.disableUserMFA(id)
    expect((await client().users.getUser(id)).twoFactorEnabled).toBe(false)
    await api.deletePhoneNumber(added.id)
  })
})

describe('organizations', () => {
  test('the creator is admin, and the organization is found by id and slug', async () => {
    const creator = await somebody({ firstName: 'Boss' })
    const made = await client().organizations.createOrganization({
      name: 'Acme Corp',
      slug: 'acme-corp',
      createdBy: creator.id,
      publicMetadata: { tier: 1 },
    })
    expect(made).toMatchObject({
      name: 'Acme Corp',
      slug: 'acme-corp',
      createdBy: creator.id,
      publicMetadata: { tier: 1 },
    })
    expect(made.id).toMatch(/^org_/)
    const counted = await client().organizations.getOrganization({ slug: 'acme-corp', includeMembersCount: true })
    expect([counted.id, counted.membersCount]).toEqual([made.id, 1])
    const { data, totalCount } = await client().users.getOrganizationMembershipList({ userId: creator.id })
    expect(totalCount).toBe(1)
    expect(data[0]).toMatchObject({
      role: 'org:admin',
      organization: { id: made.id },
      publicUserData: { firstName: 'Boss' },
    })
    expect(data[0]?.permissions).toContain('org:sys_memberships:manage')
  })

  test.each<[what: string, params: object, status: number, code: string]>([
    ['without a name', { name: '' }, 422, 'form_param_missing'],
    ['under a taken slug', { name: 'Twice', slug: 'taken-slug' }, 422, 'form_identifier_exists'],
    ['under a bad slug', { name: 'Bad', slug: 'Bad Slug' }, 422, 'form_param_format_invalid'],
    ['by nobody', { name: 'Orphan', createdBy: 'user_x' }, 400, 'organization_creator_not_found'],
  ])('an organization %s is refused', async (_what, params, status, code) => {
    await client()
      .organizations.createOrganization({ name: 'First', slug: 'taken-slug' })
      .catch(() => null)
    const refusal = await refusalOf(client().organizations.createOrganization(params as { name: string }))
    expect([refusal.status, refusal.errors[0]?.code]).toEqual([status, code])
  })

  test('an organization is changed, its metadata merged, and deleted', async () => {
    const { id } = await client().organizations.createOrganization({ name: 'Old', publicMetadata: { a: 1 } })
    const api = client().organizations
    await expect(api.updateOrganization(id, { name: 'New', maxAllowedMemberships: 3 })).resolves.toMatchObject({
      name: 'New',
      maxAllowedMemberships: 3,
    })
    await expect(api.updateOrganizationMetadata(id, { publicMetadata: { b: 2 } })).resolves.toMatchObject({
      publicMetadata: { a: 1, b: 2 },
    })
    await expect(api.replaceOrganizationMetadata(id, { publicMetadata: { c: 3 } })).resolves.toMatchObject({
      publicMetadata: { c: 3 },
    })
    await expect(api.deleteOrganization(id)).resolves.toMatchObject({ id, deleted: true })
    expect((await refusalOf(api.getOrganization({ organizationId: id }))).status).toBe(404)
  })

  test('lists of organizations filter, order and count', async () => {
    const member = await somebody()
    for (const name of ['Listed One', 'Listed Two', 'Listed Three']) {
      await client().organizations.createOrganization({
        name,
        ...(name === 'Listed Two' ? { createdBy: member.id } : {}),
      })
    }
    expect(await organizationsListed({})).toEqual([['Three', 'Two', 'One'], 3])
    expect(await organizationsListed({ orderBy: 'name' })).toEqual([['One', 'Three', 'Two'], 3])
    expect(await organizationsListed({ orderBy: '-members_count', limit: 1 })).toEqual([['Two'], 3])
    expect(await organizationsListed({ userId: [member.id] })).toEqual([['Two'], 1])
    expect(await organizationsListed({ userId: [`-${member.id}`] })).toEqual([['Three', 'One'], 2])
  })

  test('members are added, promoted, described, listed and taken out', async () => {
    const boss = await somebody({ firstName: 'Boss' })
    const clerkPerson = await somebody({ firstName: 'Clerk' })
    const { id: organizationId } = await client().organizations.createOrganization({
      name: 'Staff',
      createdBy: boss.id,
    })
    const api = client().organizations
    const membership = { organizationId, userId: clerkPerson.id }
    await expect(api.createOrganizationMembership({ ...membership, role: 'org:accountant' })).resolves.toMatchObject({
      role: 'org:accountant',
      permissions: ['org:invoices:pay', 'org:invoices:read'],
    })
    const again = await refusalOf(api.createOrganizationMembership({ ...membership, role: 'org:member' }))
    expect([again.status, again.errors[0]?.code]).toEqual([400, 'already_a_member_in_organization'])
    const unknown = await refusalOf(api.updateOrganizationMembership({ ...membership, role: 'org:wizard' }))
    expect([unknown.status, unknown.errors[0]?.code]).toEqual([404, 'resource_not_found'])
    await expect(api.updateOrganizationMembership({ ...membership, role: 'org:member' })).resolves.toMatchObject({
      role: 'org:member',
    })
    await expect(
      api.updateOrganizationMembershipMetadata({ ...membership, publicMetadata: { desk: 4 } }),
    ).resolves.toMatchObject({ publicMetadata: { desk: 4 } })
    const list = async (params: object) => {
      const { data, totalCount } = await api.getOrganizationMembershipList({ organizationId, ...params })
      return [data.map(({ publicUserData }) => publicUserData?.firstName), totalCount]
    }
    expect(await list({})).toEqual([['Clerk', 'Boss'], 2])
    expect(await list({ orderBy: 'first_name' })).toEqual([['Boss', 'Clerk'], 2])
    expect(await list({ role: ['org:admin'] })).toEqual([['Boss'], 1])
    expect(await list({ userId: [clerkPerson.id] })).toEqual([['Clerk'], 1])
    expect(await list({ nameQuery: 'bos' })).toEqual([['Boss'], 1])
    await expect(api.deleteOrganizationMembership(membership)).resolves.toMatchObject({
      publicUserData: { firstName: 'Clerk' },
    })
    expect(await list({})).toEqual([['Boss'], 1])
    expect((await refusalOf(api.deleteOrganizationMembership(membership))).status).toBe(404)
  })

  test('an organization takes no more members than it allows, however they come', async () => {
    const made = await client().organizations.createOrganization({ name: 'Small', maxAllowedMemberships: 2 })
    const crowd = await Promise.all([somebody(), somebody(), somebody(), somebody()])
    const outcomes = await Promise.allSettled(
      crowd.map(({ id }) =>
        client().organizations.createOrganizationMembership({
          organizationId: made.id,
          userId: id,
          role: 'org:member',
        }),
      ),
    )
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(2)
    expect((await client().organizations.getOrganizationMembershipList({ organizationId: made.id })).totalCount).toBe(2)
  })

  test('the roles of the instance are listed with their permissions', async () => {
    const { data, totalCount } = await client().organizationRoles.getOrganizationRoleList()
    expect([data.map(({ key }) => key).toSorted(), totalCount]).toEqual([
      ['org:accountant', 'org:admin', 'org:member'],
      3,
    ])
  })
})

describe('sessions and their tokens', () => {
  test('a session is opened, listed and revoked', async () => {
    const { id: userId } = await somebody()
    const session = await client().sessions.createSession({ userId })
    expect(session).toMatchObject({ userId, status: 'active', lastActiveOrganizationId: null })
    expect(session.expireAt - session.createdAt).toBe(7 * 86_400_000)
    const list = await client().sessions.getSessionList({ userId, status: 'active' })
    expect([list.data.map(({ id }) => id), list.totalCount]).toEqual([[session.id], 1])
    await expect(client().sessions.revokeSession(session.id)).resolves.toMatchObject({ status: 'revoked' })
    expect((await client().sessions.getSessionList({ userId, status: 'active' })).totalCount).toBe(0)
    expect((await refusalOf(client().sessions.getToken(session.id))).status).toBe(404)
    expect((await client().users.getUser(userId)).lastSignInAt).toBe(session.createdAt)
  })

  test('a list of sessions is a bare array unless it is asked for pages', async () => {
    const answer = await fetch(`${instance.backendApiUrl}/v1/sessions?limit=1`, {
      headers: { authorization: `Bearer ${instance.secretKey}` },
    })
    expect(Array.isArray(await answer.json())).toBe(true)
  })

  test('the SDK verifies a token by the key it was given and by the key set it fetches', async () => {
    const { id: userId } = await somebody()
    const session = await client().sessions.createSession({ userId })
    const { jwt } = await client().sessions.getToken(session.id)
    const { secretKey, backendApiUrl: apiUrl } = instance
    await expect(verifyToken(jwt, { jwtKey: await instance.jwtKey() })).resolves.toMatchObject({ sub: userId })
    const claims = await verifyToken(jwt, { secretKey, apiUrl })
    expect(claims).toMatchObject({
      sub: userId,
      sid: session.id,
      iss: instance.issuer,
      v: 2,
      sts: 'active',
      fva: [0, -1],
    })
    expect(claims).toMatchObject({ role: 'authenticated' })
    expect(claims.exp - claims.iat).toBe(60)
    expect(claims.iat - claims.nbf).toBe(10)
    expect(decodeProtectedHeader(jwt)).toMatchObject({ alg: 'RS256', cat: 'cl_B7d4PD111AAA', oiat: claims.iat })
  })

  test('the SDK signs a request in with the token, and sees organization, role and permissions', async () => {
    const { id: userId } = await somebody()
    const made = await client().organizations.createOrganization({ name: 'Books' })
    const membership = { organizationId: made.id, userId, role: 'org:accountant' }
    await client().organizations.createOrganizationMembership(membership)
    const session = await client().sessions.createSession({ userId })
    const { jwt } = await client().sessions.getToken(session.id)
    const { publishableKey, secretKey, backendApiUrl } = instance
    const request = new Request('http://localhost:3000/', { headers: { authorization: `Bearer ${jwt}` } })
    const state = await createClerkClient({
      publishableKey,
      secretKey,
      apiUrl: backendApiUrl,
      telemetry: { disabled: true },
    }).authenticateRequest(request)
    const auth = state.toAuth()
    expect([state.status, auth && 'userId' in auth ? auth.userId : null]).toEqual(['signed-in', userId])
    expect(auth).toMatchObject({ orgId: made.id, orgRole: 'org:accountant', orgSlug: made.slug })
    expect(decodeJwt(jwt)).toMatchObject({
      fea: 'o:invoices',
      o: { rol: 'accountant', per: 'pay,read', fpm: '3' },
      org_id: made.id,
      org_role: 'org:accountant',
      org_slug: made.slug,
    })
    const has = (permission: string) => auth !== null && 'has' in auth && auth.has({ permission })
    expect([has('org:invoices:pay'), has('org:invoices:burn')]).toEqual([true, false])
  })

  test('a session starts in the organization joined last, or in the one asked for, or in none', async () => {
    const { id: user_id } = await somebody()
    const first = await client().organizations.createOrganization({ name: 'First joined', createdBy: user_id })
    const last = await client().organizations.createOrganization({ name: 'Last joined', createdBy: user_id })
    const open = async (more: object) => {
      const params = { userId: user_id, ...more }
      return (await client().sessions.createSession(params)).lastActiveOrganizationId
    }
    expect(await open({})).toBe(last.id)
    expect(await open({ activeOrganizationId: first.id })).toBe(first.id)
    expect(await open({ activeOrganizationId: '' })).toBeNull()
    const strangers = await client().organizations.createOrganization({ name: 'Strangers' })
    expect((await refusalOf(open({ activeOrganizationId: strangers.id }))).status).toBe(404)
  })

  test('who leaves an organization has no token of it any more', async () => {
    const { id: userId } = await somebody()
    const { id: organizationId } = await client().organizations.createOrganization({ name: 'Left', createdBy: userId })
    const session = await client().sessions.createSession({ userId })
    expect(decodeJwt((await client().sessions.getToken(session.id)).jwt)).toMatchObject({ o: { id: organizationId } })
    await client().organizations.deleteOrganizationMembership({ organizationId, userId })
    expect(decodeJwt((await client().sessions.getToken(session.id)).jwt)).not.toHaveProperty('o')
  })

  test('a verified second factor shows in `fva`', async () => {
    const { id: userId } = await somebody()
    const session = await client().sessions.createSession({ userId })
    await instance.verifyFactor(session.id, 'second')
    expect(decodeJwt((await client().sessions.getToken(session.id)).jwt)['fva']).toEqual([0, 0])
  })

  test('a token lives as long as the request asks', async () => {
    const { id: userId } = await somebody()
    const session = await client().sessions.createSession({ userId })
    const { exp = 0, iat = 0 } = decodeJwt((await client().sessions.getToken(session.id, '', 3600)).jwt)
    expect(exp - iat).toBe(3600)
    const refusal = await refusalOf(client().sessions.getToken(session.id, '', 0))
    expect(refusal.errors[0]?.code).toBe('form_param_value_invalid')
  })

  test('a rotated key signs at once, and the one before verifies until it is retired', async () => {
    const { id: userId } = await somebody()
    const session = await client().sessions.createSession({ userId })
    const before = (await client().sessions.getToken(session.id)).jwt
    const kid = await instance.rotateSigningKey()
    const after = (await client().sessions.getToken(session.id)).jwt
    expect(decodeProtectedHeader(after).kid).toBe(kid)
    const options = { secretKey: instance.secretKey, apiUrl: instance.backendApiUrl, skipJwksCache: true }
    for (const token of [before, after])
      await expect(verifyToken(token, options)).resolves.toMatchObject({ sub: userId })
    await instance.retireSigningKeys()
    await expect(verifyToken(after, options)).resolves.toMatchObject({ sub: userId })
    const published = createRemoteJWKSet(new URL(instance.jwksUrl))
    await expect(jwtVerify(after, published)).resolves.toBeDefined()
    await expect(jwtVerify(before, published)).rejects.toThrow(/no applicable key/)
  })
})

describe('JWT templates', () => {
  test('the template `supabase` signs with the project secret what Supabase reads', async () => {
    const user = await somebody()
    const session = await client().sessions.createSession({ userId: user.id })
    const { jwt } = await client().sessions.getToken(session.id, 'supabase')
    const { payload, protectedHeader } = await jwtVerify(jwt, new TextEncoder().encode(database.jwtSecret))
    expect(protectedHeader.alg).toBe('HS256')
    expect(payload).toMatchObject({
      aud: 'authenticated',
      role: 'authenticated',
      sub: user.id,
      app_metadata: {},
      user_metadata: {},
      email: user.primaryEmailAddress?.emailAddress,
    })
    await expect(verifyToken(jwt, { jwtKey: await instance.jwtKey() })).rejects.toMatchObject({ name: 'Error' })
  })

  test('a template is made, used, changed and deleted, and never tells its key', async () => {
    const api = client().jwtTemplates
    const made = await api.create({
      name: 'shop',
      claims: { mail: '{{user.primary_email_address}}', greeting: 'Dear {{user.first_name}}' },
      lifetime: 600,
      customSigningKey: true,
      signingAlgorithm: 'HS256',
      signingKey: 'shop secret',
    })
    expect(made).toMatchObject({ name: 'shop', lifetime: 600, allowedClockSkew: 5, customSigningKey: true })
    expect(JSON.stringify(await api.list())).not.toContain('shop secret')
    const { id: userId } = await somebody({ firstName: 'Ada' })
    const session = await client().sessions.createSession({ userId })
    const { jwt } = await client().sessions.getToken(session.id, 'shop')
    const { payload } = await jwtVerify(jwt, new TextEncoder().encode('shop secret'))
    expect([payload['greeting'], (payload.exp ?? 0) - (payload.iat ?? 0)]).toEqual(['Dear Ada', 600])
    const changed = await api.update({ templateId: made.id, name: 'shop', claims: { x: 1 }, customSigningKey: false })
    expect(changed).toMatchObject({
      claims: { x: 1 },
      customSigningKey: false,
      signingAlgorithm: 'RS256',
      lifetime: 600,
    })
    await expect(
      client()
        .sessions.getToken(session.id, 'shop')
        .then(({ jwt: token }) => decodeProtectedHeader(token)),
    ).resolves.toMatchObject({ alg: 'RS256', cat: 'cl_B7d4PD222AAA' })
    await api.delete(made.id)
    expect((await refusalOf(client().sessions.getToken(session.id, 'shop'))).status).toBe(404)
    expect((await refusalOf(api.get(made.id))).status).toBe(404)
  })

  test('the SDK does not take a template token for a session', async () => {
    await client().jwtTemplates.create({ name: 'not_a_session', claims: {} })
    const { id: userId } = await somebody()
    const session = await client().sessions.createSession({ userId })
    const { jwt } = await client().sessions.getToken(session.id, 'not_a_session')
    const { publishableKey, secretKey, backendApiUrl } = instance
    const request = new Request('http://localhost:3000/', { headers: { authorization: `Bearer ${jwt}` } })
    const state = await createClerkClient({
      publishableKey,
      secretKey,
      apiUrl: backendApiUrl,
      telemetry: { disabled: true },
    }).authenticateRequest(request)
    expect(state.status).toBe('signed-out')
  })

  test.each<[what: string, params: object, code: string]>([
    ['without a name', { claims: {} }, 'form_param_missing'],
    ['without claims', { name: 'x' }, 'form_param_missing'],
    ['with a reserved claim', { name: 'x', claims: { sub: 'me' } }, 'jwt_template_reserved_claim'],
    ['that lives too short', { name: 'x', claims: {}, lifetime: 29 }, 'form_param_value_invalid'],
    ['that lives too long', { name: 'x', claims: {}, lifetime: 315_360_001 }, 'form_param_value_too_large'],
    ['with too much skew', { name: 'x', claims: {}, allowedClockSkew: 301 }, 'form_param_value_too_large'],
    [
      'without the key it speaks of',
      { name: 'x', claims: {}, customSigningKey: true, signingAlgorithm: 'HS256' },
      'form_conditional_param_missing',
    ],
    [
      'with a key that is none',
      { name: 'x', claims: {}, customSigningKey: true, signingAlgorithm: 'RS256', signingKey: 'x' },
      'form_param_format_invalid',
    ],
    ['under a taken name', { name: 'supabase', claims: {} }, 'form_identifier_exists'],
  ])('a template %s is refused', async (_what, params, code) => {
    const refusal = await refusalOf(client().jwtTemplates.create(params as { name: string; claims: object }))
    expect(refusal.errors[0]?.code).toBe(code)
  })

  test('a template may bring its own RSA key', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const signingKey = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()
    const claims = { who: '{{user.id}}' }
    await client().jwtTemplates.create({
      name: 'rsa',
      claims,
      customSigningKey: true,
      signingAlgorithm: 'RS512',
      signingKey,
    })
    const { id: userId } = await somebody()
    const session = await client().sessions.createSession({ userId })
    const { payload } = await jwtVerify((await client().sessions.getToken(session.id, 'rsa')).jwt, publicKey)
    expect(payload['who']).toBe(userId)
  })
})

describe('tickets and the instance', () => {
  test('a sign-in token carries a ticket once and is revoked once', async () => {
    const { id: userId } = await somebody()
    const made = await client().signInTokens.createSignInToken({ userId, expiresInSeconds: 60 })
    expect(made).toMatchObject({ userId, status: 'pending', id: expect.stringMatching(/^sit_/) as string })
    expect(decodeJwt(made.token)).toMatchObject({ sid: made.id, st: 'sign_in_token', iid: instance.id })
    await expect(client().signInTokens.revokeSignInToken(made.id)).resolves.toMatchObject({ status: 'revoked' })
    const again = await refusalOf(client().signInTokens.revokeSignInToken(made.id))
    expect([again.status, again.errors[0]?.code]).toEqual([400, 'sign_in_token_cannot_be_revoked_code'])
    expect(
      (await refusalOf(client().signInTokens.createSignInToken({ userId: 'user_x', expiresInSeconds: 60 }))).status,
    ).toBe(404)
  })

  test('a testing token is given for an hour', async () => {
    // The SDK has no class for this one resource and hands the JSON through.
    const made: object = await client().testingTokens.createTestingToken()
    const { token, expires_at } = made as { token: string; expires_at: number }
    expect(token).toMatch(/^\d+-/)
    expect(Math.abs(expires_at - Date.now() / 1000 - 3600)).toBeLessThan(60)
  })

  test('the instance tells and changes its settings', async () => {
    await client().instance.update({ allowedOrigins: ['capacitor://localhost'] })
    await expect(client().instance.get()).resolves.toMatchObject({
      id: instance.id,
      environmentType: 'development',
      allowedOrigins: ['capacitor://localhost'],
    })
    await expect(client().instance.updateRestrictions({ allowlist: true })).resolves.toMatchObject({ allowlist: true })
    await expect(client().instance.updateRestrictions({ allowlist: false })).resolves.toMatchObject({
      allowlist: false,
    })
    await expect(client().instance.getOrganizationSettings()).resolves.toMatchObject({
      enabled: true,
      creatorRole: 'org:admin',
    })
  })

  test('discovery is open to every origin and agrees with the keys', async () => {
    const configuration = await fetch(`${instance.frontendApiUrl}/.well-known/openid-configuration`)
    expect(configuration.headers.get('access-control-allow-origin')).toBe('*')
    expect(await configuration.json()).toMatchObject({ issuer: instance.issuer })
    const { keys } = (await (await fetch(instance.jwksUrl)).json()) as { keys: { kid: string; e: string }[] }
    expect(keys[0]).toMatchObject({ kty: 'RSA', use: 'sig', alg: 'RS256', e: 'AQAB' })
    expect((await client().jwks.getJwks()).keys?.map(({ kid }) => kid)).toEqual(keys.map(({ kid }) => kid))
  })
})

describe('the secret key', () => {
  test('a key that is nobody’s is refused', async () => {
    const stranger = createClerkClient({ secretKey: 'sk_test_nobody', apiUrl: instance.backendApiUrl })
    const refusal = await refusalOf(stranger.users.getUserList())
    expect([refusal.status, refusal.errors[0]?.code]).toEqual([401, 'clerk_key_invalid'])
  })

  test.each<[what: string, headers: Record<string, string>]>([
    ['no header', {}],
    ['another scheme', { authorization: 'Basic abc' }],
    ['no key', { authorization: 'Bearer ' }],
  ])('%s is refused', async (_what, headers) => {
    const answer = await fetch(`${instance.backendApiUrl}/v1/users`, { headers })
    expect([answer.status, answer.headers.get('content-type')]).toEqual([401, 'application/json'])
  })

  test('instances see only their own, under one address', async () => {
    const mine = await somebody()
    const theirs = await clientOf(other).users.createUser({
      emailAddress: [mine.primaryEmailAddress?.emailAddress ?? ''],
    })
    expect((await refusalOf(clientOf(other).users.getUser(mine.id))).status).toBe(404)
    expect((await refusalOf(clientOf(other).users.deleteUser(mine.id))).status).toBe(404)
    const session = await clientOf(other).sessions.createSession({ userId: theirs.id })
    expect((await refusalOf(client().sessions.getToken(session.id))).status).toBe(404)
    const { jwt } = await clientOf(other).sessions.getToken(session.id)
    await expect(verifyToken(jwt, { jwtKey: await instance.jwtKey() })).rejects.toMatchObject({ name: 'Error' })
    expect(other.frontendApiUrl.endsWith('/instances/other')).toBe(true)
    expect((await fetch(other.jwksUrl)).status).toBe(200)
  })

  test('an instance of version 1 with a custom session token mints just that', async () => {
    const user = await clientOf(other).users.createUser({ username: 'version_one', publicMetadata: { plan: 'pro' } })
    const made = await clientOf(other).organizations.createOrganization({ name: 'One', createdBy: user.id })
    const session = await clientOf(other).sessions.createSession({ userId: user.id })
    const { jwt } = await clientOf(other).sessions.getToken(session.id)
    const claims = decodeJwt(jwt)
    expect(claims).toMatchObject({ plan: 'pro', org_id: made.id, org_role: 'org:admin', org_permissions: [] })
    for (const claim of ['v', 'o', 'sts', 'jti', 'role']) expect(claims).not.toHaveProperty(claim)
    await expect(verifyToken(jwt, { jwtKey: await other.jwtKey() })).resolves.toMatchObject({ sub: user.id })
  })
})

describe('bad input', () => {
  const json = { 'content-type': 'application/json' }

  test.each<[what: string, path: string, init: Parameters<typeof send>[1], status: number, code: string]>([
    ['a body that is no JSON', '/users', { method: 'POST', body: '{', headers: json }, 400, 'request_body_invalid'],
    ['a body that is a list', '/users', { method: 'POST', body: '[]', headers: json }, 400, 'request_body_invalid'],
    [
      'a key that would reach a prototype',
      '/users',
      { method: 'POST', body: '{"__proto__":{}}', headers: json },
      400,
      'request_body_invalid',
    ],
    [
      'a body of another type',
      '/users',
      { method: 'POST', body: 'a=1', headers: { 'content-type': 'text/csv' } },
      415,
      'unsupported_content_type',
    ],
    [
      'an endless body',
      '/users',
      { method: 'POST', body: `{"username":"${'x'.repeat(1_100_000)}"}`, headers: json },
      413,
      'request_too_large',
    ],
    ['an endpoint that is not built', '/machinery', {}, 404, 'resource_not_found'],
    [
      'a NUL in a name',
      '/users',
      { method: 'POST', body: String.raw`{"username":"nul_user","first_name":"a\u0000b"}`, headers: json },
      422,
      'form_param_format_invalid',
    ],
    ['a NUL in a path', '/users/user_%00', {}, 400, 'malformed_request_parameters'],
    ['a NUL in a query', '/users?query=%00', {}, 400, 'malformed_request_parameters'],
    [
      'half a surrogate pair in metadata',
      '/users',
      { method: 'POST', body: String.raw`{"username":"half_user","public_metadata":{"a":"\ud800"}}`, headers: json },
      400,
      'malformed_request_parameters',
    ],
    [
      'a body that nests without end',
      '/users',
      { method: 'POST', body: `{"public_metadata":${'{"a":'.repeat(50_000)}1${'}'.repeat(50_001)}`, headers: json },
      400,
      'request_body_invalid',
    ],
    [
      'a NUL in metadata',
      '/users',
      { method: 'POST', body: String.raw`{"username":"nul_user","public_metadata":{"a":"\u0000"}}`, headers: json },
      400,
      'malformed_request_parameters',
    ],
  ])('%s is refused in Clerk’s form', async (_what, path, init, status, code) => {
    const answer = await send(path, init)
    const body = (await answer.json()) as { errors: { code: string }[]; clerk_trace_id: string }
    expect([answer.status, body.errors[0]?.code]).toEqual([status, code])
    expect(answer.headers.get('content-type')).toBe('application/json')
    expect(body.clerk_trace_id).toMatch(/^[0-9a-f]{32}$/)
  })
})
