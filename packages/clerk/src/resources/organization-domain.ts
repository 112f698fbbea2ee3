// Domains of organizations, as both APIs and webhooks print them.

import type { Affiliation, OrganizationDomain } from '../state/organizations/organization-domains.ts'
import type { ImageUrlOf } from '../state/database/store.ts'
import { publicOrganizationData } from './organization-invitation.ts'

/** The domain with its proofs and what hangs on it. */
export function organizationDomainResource(domain: OrganizationDomain, imageUrlOf: ImageUrlOf): object {
  const affiliation = domain.affiliation === null ? null : verification(domain.affiliation)
  return {
    object: 'organization_domain',
    id: domain.id,
    organization_id: domain.organization.id,
    name: domain.name,
    enrollment_mode: domain.enrollmentMode,
    affiliation_email_address: domain.affiliationEmailAddress,
    affiliation_verification: affiliation,
    ownership_verification: domain.ownershipVerifiedAt === null ? null : ownership(domain.ownershipVerifiedAt),
    verification: affiliation,
    total_pending_invitations: domain.pendingInvitations,
    total_pending_suggestions: domain.pendingSuggestions,
    public_organization_data: publicOrganizationData(domain.organization, imageUrlOf),
    created_at: domain.createdAt,
    updated_at: domain.updatedAt,
  }
}

/** The documents say `expire_at`; both SDKs read `expires_at`. */
function verification(affiliation: Affiliation): object {
  return {
    status: affiliation.status,
    strategy: affiliation.strategy,
    attempts: affiliation.attempts,
    expire_at: affiliation.expireAt,
    expires_at: affiliation.expireAt,
    verified_at: affiliation.verifiedAt,
  }
}

function ownership(verifiedAt: number): object {
  return { status: 'verified', strategy: 'manual_override', attempts: null, expire_at: null, verified_at: verifiedAt }
}
