// Invitations into organizations, as the Backend API and webhooks print them.

import type { MemberProfile } from '../state/organizations/memberships.ts'
import type { OrganizationInvitation } from '../state/organizations/organization-invitations.ts'
import type { OrganizationProfile } from '../state/organizations/organizations.ts'
import type { ImageUrlOf } from '../state/database/store.ts'

/** `url` carries the ticket and is known only when the invitation is made; null ever after. */
export function organizationInvitationResource(
  invitation: OrganizationInvitation,
  imageUrlOf: ImageUrlOf,
  url: string | null = null,
): object {
  return {
    object: 'organization_invitation',
    id: invitation.id,
    email_address: invitation.emailAddress,
    role: invitation.role,
    role_name: invitation.roleName,
    organization_id: invitation.organization.id,
    inviter_id: invitation.inviter?.id ?? null,
    public_inviter_data: invitation.inviter === null ? null : inviterData(invitation.inviter, imageUrlOf),
    public_organization_data: publicOrganizationData(invitation.organization, imageUrlOf),
    status: invitation.status,
    public_metadata: invitation.publicMetadata,
    private_metadata: invitation.privateMetadata,
    url,
    expires_at: invitation.expiresAt,
    created_at: invitation.createdAt,
    updated_at: invitation.updatedAt,
  }
}

/** What people outside of an organization may see of it. */
export function publicOrganizationData(organization: OrganizationProfile, imageUrlOf: ImageUrlOf): object {
  return {
    id: organization.id,
    name: organization.name,
    slug: organization.slug,
    image_url: imageUrlOf(organization.id, organization.imageId),
    has_image: organization.imageId !== null,
  }
}

function inviterData(inviter: MemberProfile, imageUrlOf: ImageUrlOf): object {
  return {
    user_id: inviter.id,
    first_name: inviter.firstName,
    last_name: inviter.lastName,
    image_url: imageUrlOf(inviter.id, inviter.imageId),
    has_image: inviter.imageId !== null,
    identifier: inviter.identifier ?? '',
  }
}
