// What the instance allows its organizations.

import { mostRoles, requireCreatorPermissions } from '../../directory/organizations/change-role.ts'
import { mostDomains } from '../../directory/organizations/organization-domains.ts'
import {
  type Body,
  optionalFlag,
  optionalInteger,
  optionalText,
  requireBody,
  sent,
  texts,
} from '../../parameters/body.ts'
import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { allowedModes, type OrganizationSettings } from '../../state/instance/instance-settings.ts'
import { enrollmentModes } from '../../state/organizations/organization-domains.ts'
import { requireRoleSet } from '../../state/organizations/role-sets.ts'
import { requireRole } from '../../state/organizations/roles.ts'
import type { BackendRequest, Endpoint } from '../backend-request.ts'

export const organizationSettingsEndpoints: readonly Endpoint[] = [
  { method: 'GET', path: '/instance/organization_settings', answer: settingsAnswer },
  { method: 'PATCH', path: '/instance/organization_settings', answer: changeSettings },
]

const mostMembers = 1_000_000

async function settingsAnswer({ instance, store }: BackendRequest): Promise<object> {
  const { organizations } = (await instance.snapshot()).settings
  return {
    object: 'organization_settings',
    enabled: organizations.enabled,
    max_allowed_memberships: organizations.maxAllowedMemberships,
    max_allowed_roles: mostRoles,
    max_role_sets_allowed: 1,
    max_allowed_permissions: 50,
    max_allowed_domains: mostDomains,
    creator_role: organizations.creatorRole,
    admin_delete_enabled: organizations.adminDeleteEnabled,
    domains_enabled: organizations.domainsEnabled,
    domains_enrollment_modes: organizations.domainsEnabled ? allowedModes(organizations) : [],
    domains_default_role: organizations.defaultRole,
    slug_disabled: organizations.slugDisabled,
    initial_role_set_key: (await requireRoleSet(store, null)).key,
  }
}

async function changeSettings(request: BackendRequest): Promise<object> {
  const { instance } = request
  const { settings } = await instance.snapshot()
  const change = sent(await changeOf(request))
  await instance.changeSettings({ organizations: { ...settings.organizations, ...change } })
  return settingsAnswer(request)
}

type Change = { readonly [Key in keyof OrganizationSettings]?: OrganizationSettings[Key] | undefined }

async function changeOf({ store, body }: BackendRequest): Promise<Change> {
  const read = requireBody(body, [
    'enabled',
    'max_allowed_memberships',
    'admin_delete_enabled',
    'creator_role_id',
    'domains_enabled',
    'domains_enrollment_modes',
    'domains_default_role_id',
    'slug_disabled',
    'initial_role_set_key',
  ])
  const [creatorRole, defaultRole] = [
    optionalText(read, 'creator_role_id'),
    optionalText(read, 'domains_default_role_id'),
  ]
  const creator = creatorRole ? await requireRole(store, creatorRole) : undefined
  if (creator !== undefined) requireCreatorPermissions(creator)
  return {
    enabled: optionalFlag(read, 'enabled'),
    maxAllowedMemberships: optionalInteger(read, 'max_allowed_memberships', 0, mostMembers) ?? undefined,
    adminDeleteEnabled: optionalFlag(read, 'admin_delete_enabled'),
    creatorRole: creator?.key,
    domainsEnabled: optionalFlag(read, 'domains_enabled'),
    enrollmentModes: read['domains_enrollment_modes'] === undefined ? undefined : modesOf(read),
    defaultRole: defaultRole ? (await requireRole(store, defaultRole)).key : undefined,
    slugDisabled: optionalFlag(read, 'slug_disabled'),
  }
}

function modesOf(body: Body): OrganizationSettings['enrollmentModes'] {
  const param = 'domains_enrollment_modes'
  return texts(body, param).map((value) => {
    const mode = enrollmentModes.find((candidate) => candidate === value)
    if (mode === undefined)
      throw new ClerkRefusal('form_param_value_invalid', { param, value, allowed: enrollmentModes })
    return mode
  })
}
