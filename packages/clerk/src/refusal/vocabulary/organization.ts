// Organizations, memberships, invitations, domains, roles.

import type { Renderings } from '../rendering.ts'

export interface OrganizationRefusals {
  organization_creator_not_found: { readonly userId: string }
  already_a_member_in_organization: { readonly userId: string }
  organization_membership_quota_exceeded: { readonly most: number }
}

export const organizationRenderings: Renderings<OrganizationRefusals> = {
  organization_creator_not_found: ({ userId }) => ({
    status: 400,
    message: 'creator not found',
    longMessage: `No users found with id ${userId}.`,
  }),
  already_a_member_in_organization: ({ userId }) => ({
    status: 400,
    message: 'already a member',
    longMessage: `User ${userId} is already a member of the organization.`,
  }),
  organization_membership_quota_exceeded: ({ most }) => ({
    status: 403,
    message: 'organization membership quota exceeded',
    longMessage: `You have reached your limit of ${most} organization memberships, including outstanding invitations.`,
  }),
}
