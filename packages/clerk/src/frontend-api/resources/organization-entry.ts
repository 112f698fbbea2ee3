// Suggestions and requests as browsers see them.

import { publicOrganizationData } from '../../resources/organization-invitation.ts'
import type { MembershipRequest } from '../../state/organizations/membership-requests.ts'
import type { OrganizationSuggestion } from '../../state/organizations/organization-suggestions.ts'
import type { ImageUrlOf } from '../../state/database/store.ts'
import { memberData } from './organization.ts'

/** As the person sees it to whom it is made. */
export function suggestionResource(suggestion: OrganizationSuggestion, imageUrlOf: ImageUrlOf): object {
  return {
    object: 'organization_suggestion',
    id: suggestion.id,
    public_organization_data: publicOrganizationData(suggestion.organization, imageUrlOf),
    status: suggestion.status,
    created_at: suggestion.createdAt,
    updated_at: suggestion.updatedAt,
  }
}

/** As who answers it sees it. */
export function membershipRequestResource(request: MembershipRequest, imageUrlOf: ImageUrlOf): object {
  return {
    object: 'organization_membership_request',
    id: request.id,
    organization_id: request.organizationId,
    status: request.status,
    public_user_data: memberData(request.user, imageUrlOf),
    created_at: request.createdAt,
    updated_at: request.updatedAt,
  }
}
