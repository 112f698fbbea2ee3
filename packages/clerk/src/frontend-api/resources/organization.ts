// Organizations and memberships as browsers see them: without anything private.

import type { MemberProfile, Membership } from '../../state/organizations/memberships.ts'
import type { Organization } from '../../state/organizations/organizations.ts'
import type { ImageUrlOf } from '../../state/database/store.ts'

/** The organization without its private metadata. */
export function organizationResource(organization: Organization, imageUrlOf: ImageUrlOf): object {
  return {
    object: 'organization',
    id: organization.id,
    name: organization.name,
    slug: organization.slug,
    image_url: imageUrlOf(organization.id, organization.imageId),
    has_image: organization.imageId !== null,
    members_count: organization.membersCount,
    pending_invitations_count: organization.pendingInvitationsCount,
    max_allowed_memberships: organization.maxAllowedMemberships,
    admin_delete_enabled: organization.adminDeleteEnabled,
    public_metadata: organization.publicMetadata,
    created_at: organization.createdAt,
    updated_at: organization.updatedAt,
  }
}

/** The membership without its private metadata. */
export function membershipResource(membership: Membership, imageUrlOf: ImageUrlOf): object {
  return {
    object: 'organization_membership',
    id: membership.id,
    role: membership.role,
    role_name: membership.roleName,
    permissions: membership.permissions,
    public_metadata: membership.publicMetadata,
    organization: organizationResource(membership.organization, imageUrlOf),
    public_user_data: memberData(membership.user, imageUrlOf),
    created_at: membership.createdAt,
    updated_at: membership.updatedAt,
  }
}

/** What the members of an organization see of each other. */
export function memberData(user: MemberProfile, imageUrlOf: ImageUrlOf): object {
  return {
    user_id: user.id,
    first_name: user.firstName,
    last_name: user.lastName,
    image_url: imageUrlOf(user.id, user.imageId),
    has_image: user.imageId !== null,
    identifier: user.identifier ?? '',
    username: user.username,
    banned: user.banned,
  }
}
