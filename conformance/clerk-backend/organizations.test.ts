// Organizations, their members and their lists, through the unmodified @clerk/backend.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { parseSeed } from '../../packages/clerk/src/index.ts'
import { refusalOf, startTestClerk, type TestClerk, testInstance } from './running-clerk.ts'

let clerk: TestClerk

beforeAll(async () => {
  clerk = await startTestClerk({
    instances: [
      {
        ...testInstance,
        seed: parseSeed({
          roles: [
            { key: 'org:accountant', name: 'Accountant', permissions: ['org:invoices:read', 'org:invoices:pay'] },
          ],
        }),
      },
    ],
  })
})

afterAll(async () => {
  await clerk.stop()
})

const listed = async (params: object) => {
  const { data, totalCount } = await clerk.client.organizations.getOrganizationList({ query: 'listed', ...params })
  return [data.map(({ name }) => name.slice('Listed '.length)), totalCount]
}

describe('organizations', () => {
  test('the creator is admin, and the organization is found by id and slug', async () => {
    const creator = await clerk.somebody({ firstName: 'Boss' })
    const made = await clerk.client.organizations.createOrganization({
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
    const counted = await clerk.client.organizations.getOrganization({ slug: 'acme-corp', includeMembersCount: true })
    expect([counted.id, counted.membersCount]).toEqual([made.id, 1])
    const { data, totalCount } = await clerk.client.users.getOrganizationMembershipList({ userId: creator.id })
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
    await clerk.client.organizations.createOrganization({ name: 'First', slug: 'taken-slug' }).catch(() => null)
    const refusal = await refusalOf(clerk.client.organizations.createOrganization(params as { name: string }))
    expect([refusal.status, refusal.errors[0]?.code]).toEqual([status, code])
  })

  test('an organization is changed, its metadata merged, and deleted', async () => {
    const { id } = await clerk.client.organizations.createOrganization({ name: 'Old', publicMetadata: { a: 1 } })
    const api = clerk.client.organizations
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
    const member = await clerk.somebody()
    for (const name of ['Listed One', 'Listed Two', 'Listed Three']) {
      await clerk.client.organizations.createOrganization({
        name,
        ...(name === 'Listed Two' ? { createdBy: member.id } : {}),
      })
    }
    expect(await listed({})).toEqual([['Three', 'Two', 'One'], 3])
    expect(await listed({ orderBy: 'name' })).toEqual([['One', 'Three', 'Two'], 3])
    expect(await listed({ orderBy: '-members_count', limit: 1 })).toEqual([['Two'], 3])
    expect(await listed({ userId: [member.id] })).toEqual([['Two'], 1])
    expect(await listed({ userId: [`-${member.id}`] })).toEqual([['Three', 'One'], 2])
  })

  test('members are added, promoted, described, listed and taken out', async () => {
    const boss = await clerk.somebody({ firstName: 'Boss' })
    const clerkPerson = await clerk.somebody({ firstName: 'Clerk' })
    const { id: organizationId } = await clerk.client.organizations.createOrganization({
      name: 'Staff',
      createdBy: boss.id,
    })
    const api = clerk.client.organizations
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
    const made = await clerk.client.organizations.createOrganization({ name: 'Small', maxAllowedMemberships: 2 })
    const crowd = await Promise.all([clerk.somebody(), clerk.somebody(), clerk.somebody(), clerk.somebody()])
    const outcomes = await Promise.allSettled(
      crowd.map(({ id }) =>
        clerk.client.organizations.createOrganizationMembership({
          organizationId: made.id,
          userId: id,
          role: 'org:member',
        }),
      ),
    )
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(2)
    expect(
      (await clerk.client.organizations.getOrganizationMembershipList({ organizationId: made.id })).totalCount,
    ).toBe(2)
  })

  test('the roles of the instance are listed with their permissions', async () => {
    const { data, totalCount } = await clerk.client.organizationRoles.getOrganizationRoleList()
    expect([data.map(({ key }) => key).toSorted(), totalCount]).toEqual([
      ['org:accountant', 'org:admin', 'org:member'],
      3,
    ])
  })
})
