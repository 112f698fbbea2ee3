// The active organization in a session token: `o` (version 2) and the flat `org_*` claims (version 1).

import type { JsonObject } from './json.ts'
import type { OrganizationGrant } from './token-subject.ts'

/** A permission key taken apart: `org:invoices:read` is feature `invoices`, permission `read`. */
interface FeaturePermission {
  readonly feature: string
  readonly permission: string
}

/**
 * Version 2: `o` with `per` (distinct permission names) and `fpm` (one decimal bitmask over `per` for
 * each feature, in the order `fea` lists them), and `fea`. System permissions are never in a token.
 */
export function organizationClaimsV2(organization: OrganizationGrant | null): JsonObject {
  if (organization === null) return {}
  const granted = customPermissions(organization.permissions).map(takeApart)
  const features = distinct(granted.map(({ feature }) => feature))
  const permissions = distinct(granted.map(({ permission }) => permission))
  const o = { id: organization.id, rol: roleName(organization.role), slg: organization.slug }
  if (features.length === 0) return { o }
  const masks = features.map((feature) =>
    granted
      .filter((grant) => grant.feature === feature)
      .reduce((mask, grant) => mask + 2 ** permissions.indexOf(grant.permission), 0),
  )
  return {
    fea: features.map((feature) => `o:${feature}`).join(','),
    o: { ...o, per: permissions.join(','), fpm: masks.join(',') },
  }
}

/** Version 1: `org_id`, `org_role` with its prefix, `org_slug`, `org_permissions`. */
export function organizationClaimsV1(organization: OrganizationGrant | null): JsonObject {
  if (organization === null) return {}
  return {
    org_id: organization.id,
    org_permissions: customPermissions(organization.permissions),
    org_role: organization.role,
    org_slug: organization.slug,
  }
}

function customPermissions(permissions: readonly string[]): readonly string[] {
  return permissions.filter((permission) => !permission.startsWith('org:sys_')).toSorted()
}

function takeApart(key: string): FeaturePermission {
  const [, feature = '', permission = ''] = key.split(':')
  return { feature, permission }
}

function roleName(role: string): string {
  return role.startsWith('org:') ? role.slice('org:'.length) : role
}

function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)]
}
