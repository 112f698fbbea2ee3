// From a suggestion to a membership: a person asks to join, and who manages the members says yes or no.

import type { OrganizationSettings } from '../../state/instance/instance-settings.ts'
import {
  insertMembershipRequest,
  type MembershipRequest,
  requireMembershipRequest,
  settleMembershipRequest,
} from '../../state/organizations/membership-requests.ts'
import {
  type OrganizationSuggestion,
  requireSuggestion,
  settleSuggestion,
} from '../../state/organizations/organization-suggestions.ts'
import type { Store } from '../../state/database/store.ts'
import { addMember } from './change-membership.ts'

/** Takes a suggestion up: asks to join. Refuses an unknown one and one that was taken up. */
export function acceptSuggestion(store: Store, userId: string, id: string): Promise<OrganizationSuggestion> {
  return store.atomically(async (inner) => {
    const { organization } = await requireSuggestion(inner, userId, id)
    await settleSuggestion(inner, id)
    await insertMembershipRequest(inner, organization.id, userId)
    return requireSuggestion(inner, userId, id)
  })
}

/** Lets somebody in, in the role of who joins through a domain. Refuses an unknown request, an answered one, and one member too many. */
export function acceptRequest(
  store: Store,
  settings: OrganizationSettings,
  organizationId: string,
  id: string,
): Promise<MembershipRequest> {
  return store.atomically(async (inner) => {
    const { user } = await requireMembershipRequest(inner, organizationId, id)
    await settleMembershipRequest(inner, id, 'accepted')
    await addMember(inner, { organizationId, userId: user.id, role: settings.defaultRole })
    return requireMembershipRequest(inner, organizationId, id)
  })
}

/** Says no. Refuses an unknown request and an answered one. */
export function rejectRequest(store: Store, organizationId: string, id: string): Promise<MembershipRequest> {
  return store.atomically(async (inner) => {
    await requireMembershipRequest(inner, organizationId, id)
    await settleMembershipRequest(inner, id, 'rejected')
    return requireMembershipRequest(inner, organizationId, id)
  })
}
