// Organizations, memberships and roles, as the Backend API prints them.

import type { Membership } from '../state/organizations/memberships.ts'
import type { Organization } from '../state/organizations/organizations.ts'
import type { Permission, Role } from '../state/organizations/roles.ts'
import type { ImageUrlOf } from '../state/database/store.ts'

/** `members_count` is printed only where the request asked for it. */
export function organizationResource(
  organization: Organization,
  imageUrlOf: ImageUrlOf,
  withMembersCount: boolean,
): object {
  const imageUrl = imageUrlOf(organization.id, organization.imageId)
  return {
    object: 'organization',
    id: organization.id,
    name: organization.name,
    slug: organization.slug,
    image_url: imageUrl,
    logo_url: imageUrl,
    has_image: organization.imageId !== null,
    ...(withMembersCount ? { members_count: organization.membersCount } : {}),
    pending_invitations_count: organization.pendingInvitationsCount,
    max_allowed_memberships: organization.maxAllowedMemberships,
    admin_delete_enabled: organization.adminDeleteEnabled,
    public_metadata: organization.publicMetadata,
    private_metadata: organization.privateMetadata,
    ...(organization.createdBy === null ? {} : { created_by: organization.createdBy }),
    created_at: organization.createdAt,
    updated_at: organization.updatedAt,
  }
}

/** The membership with its organization and what is public of its user. */
export function membershipResource(membership: Membership, imageUrlOf: ImageUrlOf): object {
  const { user } = membership
  return {
    object: 'organization_membership',
    id: membership.id,
    role: membership.role,
    role_name: membership.roleName,
    permissions: membership.permissions,
    public_metadata: membership.publicMetadata,
    private_metadata: membership.privateMetadata,
    organization: organizationResource(membership.organization, imageUrlOf, true),
    public_user_data: {
      user_id: user.id,
      first_name: user.firstName,
      last_name: user.lastName,
      image_url: imageUrlOf(user.id, user.imageId),
      profile_image_url: imageUrlOf(user.id, user.imageId),
      has_image: user.imageId !== null,
      identifier: user.identifier,
      username: user.username,
      banned: user.banned,
      deprovisioned: false,
    },
    created_at: membership.createdAt,
    updated_at: membership.updatedAt,
  }
}

/** The role with the permissions it holds. */
export function roleResource(role: Role): object {
  return {
    object: 'role',
    id: role.id,
    name: role.name,
    key: role.key,
    description: role.description,
    is_creator_eligible: role.isCreatorEligible,
    permissions: role.permissions.map(permissionResource),
    created_at: role.createdAt,
    updated_at: role.updatedAt,
  }
}

/** The permission. */
export function permissionResource(permission: Permission): object {
  return {
    object: 'permission',
    id: permission.id,
    name: permission.name,
    key: permission.key,
    description: permission.description,
    type: permission.type,
    created_at: permission.createdAt,
    updated_at: permission.updatedAt,
  }
}
