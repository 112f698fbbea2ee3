// The endpoints of organizations, for the door to list.

import type { FrontendEndpoint } from '../../frontend-request.ts'
import { organizationDomainEndpoints } from './domains.ts'
import { organizationInvitationEndpoints } from './invitations.ts'
import { membershipRequestEndpoints } from './membership-requests.ts'
import { organizationMembershipEndpoints } from './memberships.ts'
import { organizationEndpoints } from './organizations.ts'
import { ownOrganizationEndpoints } from './own-organizations.ts'

/** All of them. */
export const everyOrganizationEndpoint: readonly FrontendEndpoint[] = [
  ...organizationEndpoints,
  ...organizationMembershipEndpoints,
  ...organizationInvitationEndpoints,
  ...organizationDomainEndpoints,
  ...membershipRequestEndpoints,
  ...ownOrganizationEndpoints,
]
