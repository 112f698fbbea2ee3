// Who may do what in an organization: decided by the role of the acting member, and by nothing she says herself.

import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { findMembership, type Membership } from '../../state/organizations/memberships.ts'
import { findOrganizationId } from '../../state/organizations/organizations.ts'
import type { Store } from '../../state/database/store.ts'

/**
 * The membership of the acting user, if its role holds one of the permissions (none asked: any role). Refuses everybody
 * else; outsiders are told no more than that the organization may not exist.
 */
export async function requirePermitted(
  store: Store,
  organizationId: string,
  userId: string,
  ...oneOf: readonly string[]
): Promise<Membership> {
  const membership = await findMembership(store, organizationId, userId)
  if (membership === null) throw new ClerkRefusal('organization_not_found_or_unauthorized', {})
  const permitted = oneOf.length === 0 || oneOf.some((permission) => membership.permissions.includes(permission))
  if (!permitted) throw new ClerkRefusal('missing_organization_permission', { permissions: oneOf })
  return membership
}

/** The membership of a user in the organization of an id or slug. Outsiders are told no more than above. */
export async function requireMemberOf(store: Store, idOrSlug: string, userId: string): Promise<Membership> {
  const id = await findOrganizationId(store, idOrSlug)
  if (id === null) throw new ClerkRefusal('organization_not_found_or_unauthorized', {})
  return requirePermitted(store, id, userId)
}
