// Invitations as browsers see them: for who manages the organization, and for who is invited. The link is in the
// letter alone, because whoever has it has proven the address.

import { publicOrganizationData } from '../../resources/organization-invitation.ts'
import type { OrganizationInvitation } from '../../state/organizations/organization-invitations.ts'
import type { ImageUrlOf } from '../../state/database/store.ts'

/** As members see it. */
export function invitationResource(invitation: OrganizationInvitation): object {
  return {
    object: 'organization_invitation',
    id: invitation.id,
    email_address: invitation.emailAddress,
    organization_id: invitation.organization.id,
    role: invitation.role,
    role_name: invitation.roleName,
    status: invitation.status,
    public_metadata: invitation.publicMetadata,
    url: null,
    expires_at: invitation.expiresAt,
    created_at: invitation.createdAt,
    updated_at: invitation.updatedAt,
  }
}

/** As the invited person sees it: with the organization it leads into. */
export function ownInvitationResource(invitation: OrganizationInvitation, imageUrlOf: ImageUrlOf): object {
  return {
    ...invitationResource(invitation),
    public_organization_data: publicOrganizationData(invitation.organization, imageUrlOf),
  }
}
