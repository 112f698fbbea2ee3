// Events about organizations, who belongs to them, and what leads into them.

import { deletion } from '../../resources/listing.ts'
import { organizationDomainResource } from '../../resources/organization-domain.ts'
import { organizationInvitationResource } from '../../resources/organization-invitation.ts'
import {
  membershipResource,
  organizationResource,
  permissionResource,
  roleResource,
} from '../../resources/organization.ts'
import type { Membership } from '../../state/organizations/memberships.ts'
import type { OrganizationDomain } from '../../state/organizations/organization-domains.ts'
import { requireOrganizationInvitation } from '../../state/organizations/organization-invitations.ts'
import { requireOrganization } from '../../state/organizations/organizations.ts'
import type { Permission, Role } from '../../state/organizations/roles.ts'
import type { Store } from '../../state/database/store.ts'
import { recordEvent } from './record-event.ts'

type Change = 'created' | 'updated' | 'deleted'

/** Records that an organization was created or changed, as it is now. */
export async function recordOrganization(store: Store, change: 'created' | 'updated', id: string): Promise<void> {
  const organization = await requireOrganization(store, id)
  await recordEvent(store, `organization.${change}`, organizationResource(organization, store.imageUrlOf, true))
}

/** Records that an organization is gone. */
export async function recordOrganizationDeleted(store: Store, id: string, slug: string): Promise<void> {
  await recordEvent(store, 'organization.deleted', deletion('organization', id, { slug }))
}

/** Records what became of a membership; of an ended one it tells what it was. */
export async function recordMembership(store: Store, change: Change, membership: Membership): Promise<void> {
  await recordEvent(store, `organizationMembership.${change}`, membershipResource(membership, store.imageUrlOf))
}

/** Records what became of an invitation; an accepted one says by whom. The ticket is never told. */
export async function recordInvitation(
  store: Store,
  change: 'created' | 'accepted' | 'revoked',
  id: string,
): Promise<void> {
  const invitation = await requireOrganizationInvitation(store, id)
  const told = organizationInvitationResource(invitation, store.imageUrlOf)
  const by = invitation.acceptedUserId === null ? {} : { user_id: invitation.acceptedUserId }
  await recordEvent(store, `organizationInvitation.${change}`, { ...told, ...by })
}

/** Records that a domain was added or changed. */
export async function recordDomain(
  store: Store,
  change: 'created' | 'updated',
  domain: OrganizationDomain,
): Promise<void> {
  await recordEvent(store, `organizationDomain.${change}`, organizationDomainResource(domain, store.imageUrlOf))
}

/** Records that a domain is gone. */
export async function recordDomainDeleted(store: Store, id: string): Promise<void> {
  await recordEvent(store, 'organizationDomain.deleted', deletion('organization_domain', id))
}

/** Records what became of a role. */
export async function recordRole(store: Store, change: Change, role: Role): Promise<void> {
  await recordEvent(store, `role.${change}`, change === 'deleted' ? deletion('role', role.id) : roleResource(role))
}

/** Records what became of a permission. */
export async function recordPermission(store: Store, change: Change, permission: Permission): Promise<void> {
  const told = change === 'deleted' ? deletion('permission', permission.id) : permissionResource(permission)
  await recordEvent(store, `permission.${change}`, told)
}
