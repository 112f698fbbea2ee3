// The unmodified @clerk/backend makes roles, permissions and the role set, and says what organizations may do.

import { afterAll, beforeAll, expect, test } from 'vitest'

import { refusalOf, startTestClerk, type TestClerk } from './running-clerk.ts'

let clerk: TestClerk

beforeAll(async () => {
  clerk = await startTestClerk()
})

afterAll(async () => {
  await clerk.stop()
})

test('permissions are made, found, changed and deleted', async () => {
  const { organizationPermissions } = clerk.client
  const made = await organizationPermissions.createOrganizationPermission({
    name: 'Read invoices',
    key: 'org:invoices:read',
    description: 'Sees what is owed',
  })
  expect(made).toMatchObject({ key: 'org:invoices:read', description: 'Sees what is owed' })
  const { id } = made
  expect(await organizationPermissions.getOrganizationPermission(id)).toMatchObject({ id })
  const changed = await organizationPermissions.updateOrganizationPermission({ permissionId: id, name: 'See invoices' })
  expect(changed).toMatchObject({ name: 'See invoices', key: 'org:invoices:read' })
  const found = await organizationPermissions.getOrganizationPermissionList({ query: 'invoices' })
  expect([found.data.map((one) => one.id), found.totalCount]).toEqual([[id], 1])
  const sorted = await organizationPermissions.getOrganizationPermissionList({ query: 'sys_domains', orderBy: '+key' })
  expect(sorted.data.map(({ key }) => key)).toEqual(['org:sys_domains:manage', 'org:sys_domains:read'])
  expect(await organizationPermissions.deleteOrganizationPermission(id)).toMatchObject({ id, deleted: true })
  expect((await refusalOf(organizationPermissions.getOrganizationPermission(id))).status).toBe(404)
})

test('roles are made with permissions, given more, and show in memberships and tokens', async () => {
  const { organizationPermissions, organizationRoles, organizations, sessions } = clerk.client
  const [ship, pack] = [
    await organizationPermissions.createOrganizationPermission({ name: 'Ship', key: 'org:goods:ship' }),
    await organizationPermissions.createOrganizationPermission({ name: 'Pack', key: 'org:goods:pack' }),
  ]
  const role = await organizationRoles.createOrganizationRole({
    name: 'Shipper',
    key: 'org:shipper',
    permissions: [ship.id],
  })
  expect(role).toMatchObject({ key: 'org:shipper', isCreatorEligible: false, permissions: [{ key: 'org:goods:ship' }] })
  const given = { organizationRoleId: role.id, permissionId: pack.id }
  expect((await organizationRoles.assignPermissionToOrganizationRole(given)).permissions).toHaveLength(2)
  const member = await clerk.somebody()
  const { id } = await organizations.createOrganization({ name: 'Shippers' })
  const joined = await organizations.createOrganizationMembership({
    organizationId: id,
    userId: member.id,
    role: 'org:shipper',
  })
  expect(joined.permissions).toEqual(['org:goods:pack', 'org:goods:ship'])
  expect((await sessions.createSession({ userId: member.id })).status).toBe('active')
  expect((await organizationRoles.removePermissionFromOrganizationRole(given)).permissions).toHaveLength(1)
  const renamed = await organizationRoles.updateOrganizationRole({ organizationRoleId: role.id, key: 'org:carrier' })
  expect(renamed.key).toBe('org:carrier')
  const { data } = await organizations.getOrganizationMembershipList({ organizationId: id })
  expect(data[0]).toMatchObject({ role: 'org:carrier', permissions: ['org:goods:ship'] })
  const used = await refusalOf(organizationRoles.deleteOrganizationRole(role.id))
  expect([used.status, used.errors[0]?.code]).toEqual([422, 'organization_role_assigned_members'])
  await organizations.deleteOrganization(id)
  expect(await organizationRoles.deleteOrganizationRole(role.id)).toMatchObject({ id: role.id, deleted: true })
  expect((await organizationRoles.getOrganizationRoleList({ query: 'carrier' })).totalCount).toBe(0)
})

test('there is one role set, with every role in it', async () => {
  const { roleSets, organizationRoles } = clerk.client
  const { data, totalCount } = await roleSets.getRoleSetList()
  expect(totalCount).toBe(1)
  expect(data[0]).toMatchObject({
    key: 'role_set:default',
    type: 'initial',
    defaultRole: { key: 'org:member' },
    creatorRole: { key: 'org:admin' },
  })
  await organizationRoles.createOrganizationRole({ name: 'Guest', key: 'org:guest' })
  const changed = await roleSets.updateRoleSet({
    roleSetKeyOrId: 'role_set:default',
    name: 'Everybody',
    key: 'role_set:everybody',
    defaultRoleKey: 'org:guest',
  })
  expect(changed).toMatchObject({ name: 'Everybody', defaultRole: { key: 'org:guest' } })
  expect(changed.roles.map(({ key }) => key)).toContain('org:guest')
  const added = await roleSets.addRolesToRoleSet({
    roleSetKeyOrId: 'role_set:everybody',
    roleKeys: ['org:guest'],
    defaultRoleKey: 'org:member',
  })
  expect(added.defaultRole?.key).toBe('org:member')
  expect((await refusalOf(roleSets.getRoleSet('role_set:default'))).status).toBe(404)
  const another = roleSets.createRoleSet({
    name: 'Another',
    defaultRoleKey: 'org:member',
    creatorRoleKey: 'org:admin',
    roles: ['org:member', 'org:admin'],
  })
  expect((await refusalOf(another)).status).toBe(403)
  const misnamed = await refusalOf(roleSets.updateRoleSet({ roleSetKeyOrId: 'role_set:everybody', key: 'everybody' }))
  expect(misnamed.errors[0]?.code).toBe('form_param_format_invalid')
})

test('the settings of organizations are told and changed', async () => {
  const { instance, organizationRoles } = clerk.client
  const { data } = await organizationRoles.getOrganizationRoleList({ query: 'org:admin' })
  const changed = await instance.updateOrganizationSettings({
    domainsEnabled: true,
    domainsEnrollmentModes: ['automatic_invitation', 'automatic_suggestion'],
    adminDeleteEnabled: false,
    maxAllowedMemberships: 7,
    creatorRoleId: data[0]?.id ?? '',
  })
  expect(changed).toMatchObject({
    enabled: true,
    domainsEnabled: true,
    domainsEnrollmentModes: ['manual_invitation', 'automatic_invitation', 'automatic_suggestion'],
    domainsDefaultRole: 'org:member',
    adminDeleteEnabled: false,
    maxAllowedMemberships: 7,
    creatorRole: 'org:admin',
    slugDisabled: false,
  })
  const { id } = await clerk.client.organizations.createOrganization({ name: 'Seven' })
  expect(await clerk.client.organizations.getOrganization({ organizationId: id })).toMatchObject({
    maxAllowedMemberships: 7,
    adminDeleteEnabled: false,
  })
  const weak = await organizationRoles.getOrganizationRoleList({ query: 'org:member' })
  const refusal = await refusalOf(instance.updateOrganizationSettings({ creatorRoleId: weak.data[0]?.id ?? '' }))
  expect(refusal.errors[0]?.code).toBe('organization_missing_creator_role_permissions')
  const mode = await clerk.send('PATCH', '/instance/organization_settings', { domains_enrollment_modes: ['by_luck'] })
  expect(mode.status).toBe(422)
})
