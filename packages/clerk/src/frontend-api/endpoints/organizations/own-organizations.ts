// What a person sees of organizations under /me: those she is in, and those she may join.

import { removeMember } from '../../../directory/organizations/change-membership.ts'
import { enrollByDomain } from '../../../directory/organizations/enroll-by-domain.ts'
import { acceptSuggestion } from '../../../directory/organizations/membership-requests.ts'
import { acceptInvitation, verifiedAddresses } from '../../../directory/organizations/organization-invitations.ts'
import { manyChoices, pageOf } from '../../../parameters/query.ts'
import { deletion, listing } from '../../../resources/listing.ts'
import { onlyUser } from '../../../state/people/find-users.ts'
import { listMemberships } from '../../../state/organizations/memberships.ts'
import {
  invitationStatuses,
  listOrganizationInvitations,
  requireOrganizationInvitation,
} from '../../../state/organizations/organization-invitations.ts'
import { listSuggestions, suggestionStatuses } from '../../../state/organizations/organization-suggestions.ts'
import { requireUser } from '../../../state/people/users.ts'
import {
  type FrontendAnswer,
  type FrontendEndpoint,
  listOf,
  pathValue,
  resource,
  type SessionRequest,
} from '../../frontend-request.ts'
import { suggestionResource } from '../../resources/organization-entry.ts'
import { ownInvitationResource } from '../../resources/organization-invitation.ts'
import { membershipResource } from '../../resources/organization.ts'
import { requireActing, requireOrganizations } from './acting-member.ts'
import { creationDefaults } from './creation-defaults.ts'

const invitations = '/v1/me/organization_invitations'
const suggestions = '/v1/me/organization_suggestions'
const memberships = '/v1/me/organization_memberships'

export const ownOrganizationEndpoints: readonly FrontendEndpoint[] = [
  { method: 'GET', path: memberships, access: 'session', answer: ownMemberships },
  { method: 'DELETE', path: `${memberships}/:organization_id`, access: 'session', answer: leave },
  { method: 'GET', path: invitations, access: 'session', answer: ownInvitations },
  { method: 'POST', path: `${invitations}/:invitation_id/accept`, access: 'session', answer: accept },
  { method: 'GET', path: suggestions, access: 'session', answer: ownSuggestions },
  { method: 'POST', path: `${suggestions}/:suggestion_id/accept`, access: 'session', answer: ask },
  { method: 'GET', path: '/v1/me/organization_creation_defaults', access: 'session', answer: creationDefaults },
]

async function ownMemberships({ store, session, query }: SessionRequest): Promise<FrontendAnswer> {
  const own = await listMemberships(
    store,
    { users: onlyUser(session.userId), roles: [] },
    { column: 'created_at', direction: 'desc' },
    pageOf(query),
  )
  return listOf(query, own, (membership) => membershipResource(membership, store.imageUrlOf))
}

/** Anybody may, save the last who could manage the organization. */
async function leave(request: SessionRequest): Promise<FrontendAnswer> {
  const { organization } = await requireActing(request)
  const left = await removeMember(request.store, organization.id, request.session.userId, 'somebody who manages')
  return resource(deletion('organization_membership', left.id))
}

/** To her verified addresses, those included that are due by a domain. */
async function ownInvitations(request: SessionRequest): Promise<FrontendAnswer> {
  const { store, session, query } = request
  await enrollByDomain(store, await requireOrganizations(request), { userId: session.userId })
  const list = await listOrganizationInvitations(
    store,
    {
      statuses: manyChoices(query, 'status', invitationStatuses),
      emailAddresses: verifiedAddresses(await requireUser(store, session.userId)),
    },
    { column: 'created_at', direction: 'desc' },
    pageOf(query),
  )
  return resource(listing(list, (invitation) => ownInvitationResource(invitation, store.imageUrlOf)))
}

async function accept(request: SessionRequest): Promise<FrontendAnswer> {
  const { store, session } = request
  await requireOrganizations(request)
  const id = pathValue(request, 'invitation_id')
  await acceptInvitation(store, id, session.userId)
  return resource(ownInvitationResource(await requireOrganizationInvitation(store, id), store.imageUrlOf))
}

async function ownSuggestions(request: SessionRequest): Promise<FrontendAnswer> {
  const { store, session, query } = request
  await enrollByDomain(store, await requireOrganizations(request), { userId: session.userId })
  const statuses = manyChoices(query, 'status', suggestionStatuses)
  const list = await listSuggestions(store, session.userId, statuses, pageOf(query))
  return resource(listing(list, (suggestion) => suggestionResource(suggestion, store.imageUrlOf)))
}

async function ask(request: SessionRequest): Promise<FrontendAnswer> {
  const { store, session } = request
  await requireOrganizations(request)
  const accepted = await acceptSuggestion(store, session.userId, pathValue(request, 'suggestion_id'))
  return resource(suggestionResource(accepted, store.imageUrlOf))
}
