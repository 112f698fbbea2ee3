// The endpoints of invitations into organizations.

import {
  type Invitee,
  inviteToOrganization,
  invitationDays,
  revokeInvitation,
  verifiedAddresses,
} from '../../directory/organizations/organization-invitations.ts'
import { requirePermitted } from '../../directory/organizations/require-permitted.ts'
import {
  type Body,
  optionalFlag,
  optionalInteger,
  optionalObject,
  optionalText,
  requireBodies,
  requireBody,
  requireText,
} from '../../parameters/body.ts'
import { requireEmailForm, requireTargetForm } from '../../parameters/identifiers.ts'
import { manyChoices, manyValues, oneValue, orderOf, pageOf } from '../../parameters/query.ts'
import { listing } from '../../resources/listing.ts'
import { organizationInvitationResource } from '../../resources/organization-invitation.ts'
import {
  type InvitationFilter,
  type InvitationOrder,
  invitationOrders,
  invitationStatuses,
  listOrganizationInvitations,
  requireOrganizationInvitation,
} from '../../state/organizations/organization-invitations.ts'
import { requireOrganization } from '../../state/organizations/organizations.ts'
import { requireUser } from '../../state/people/users.ts'
import { type BackendRequest, type Endpoint, pathValue } from '../backend-request.ts'

const ofOrganization = '/organizations/:organization_id/invitations'

export const organizationInvitationEndpoints: readonly Endpoint[] = [
  { method: 'GET', path: '/organization_invitations', answer: (request) => invitationListing(request, {}) },
  { method: 'GET', path: '/users/:user_id/organization_invitations', answer: invitationsOfUser },
  { method: 'POST', path: ofOrganization, answer: createInvitation },
  { method: 'GET', path: ofOrganization, answer: invitationsOfOrganization },
  { method: 'POST', path: `${ofOrganization}/bulk`, answer: createInvitations },
  { method: 'GET', path: `${ofOrganization}/pending`, answer: pendingInvitations },
  { method: 'GET', path: `${ofOrganization}/:invitation_id`, answer: invitationById },
  { method: 'POST', path: `${ofOrganization}/:invitation_id/revoke`, answer: revoke },
]

const known = [
  'email_address',
  'inviter_user_id',
  'role',
  'public_metadata',
  'private_metadata',
  'redirect_url',
  'expires_in_days',
  'notify',
]
const mostAtOnce = 10

async function createInvitation(request: BackendRequest): Promise<object | undefined> {
  const [made] = await invite(request, [requireBody(request.body, known)])
  return made
}

async function createInvitations(request: BackendRequest): Promise<object> {
  const made = await invite(request, requireBodies(request.body, known, mostAtOnce))
  return { data: made, total_count: made.length }
}

async function invite({ instance, store, path }: BackendRequest, bodies: readonly Body[]): Promise<readonly object[]> {
  const { id } = await requireOrganization(store, path['organization_id'] ?? '')
  const invitees = bodies.map(inviteeOf)
  for (const { inviterId } of invitees) {
    if (inviterId !== null) await requirePermitted(store, id, inviterId, 'org:sys_memberships:manage')
  }
  const made = await inviteToOrganization(instance, store, id, invitees)
  return made.map(({ invitation, url }) => organizationInvitationResource(invitation, store.imageUrlOf, url))
}

function inviteeOf(body: Body): Invitee {
  const redirectUrl = optionalText(body, 'redirect_url')
  return {
    emailAddress: requireEmailForm(requireText(body, 'email_address')),
    role: requireText(body, 'role'),
    inviterId: optionalText(body, 'inviter_user_id') || null,
    redirectUrl: redirectUrl ? requireTargetForm(redirectUrl, 'redirect_url') : null,
    publicMetadata: optionalObject(body, 'public_metadata') ?? undefined,
    privateMetadata: optionalObject(body, 'private_metadata') ?? undefined,
    expiresInDays: optionalInteger(body, 'expires_in_days', 1, 365) ?? invitationDays,
    notify: optionalFlag(body, 'notify') ?? true,
  }
}

async function invitationsOfOrganization(request: BackendRequest): Promise<object> {
  const { id } = await requireOrganization(request.store, pathValue(request, 'organization_id'))
  const addresses = manyValues(request.query, 'email_address').map((text) => text.toLowerCase())
  return invitationListing(request, {
    organizationId: id,
    ...(addresses.length > 0 && { emailAddresses: addresses }),
  })
}

/** The older list, of pending ones alone. */
async function pendingInvitations(request: BackendRequest): Promise<object> {
  const { id } = await requireOrganization(request.store, pathValue(request, 'organization_id'))
  return invitationListing(request, { organizationId: id, statuses: ['pending'] })
}

/** Those to the user's verified addresses. */
async function invitationsOfUser(request: BackendRequest): Promise<object> {
  const user = await requireUser(request.store, pathValue(request, 'user_id'))
  return invitationListing(request, { emailAddresses: verifiedAddresses(user) })
}

async function invitationListing({ store, query }: BackendRequest, filter: Partial<InvitationFilter>): Promise<object> {
  const columns = Object.keys(invitationOrders) as InvitationOrder[]
  const order = orderOf(query, columns, { column: 'created_at', direction: 'desc' })
  const list = await listOrganizationInvitations(
    store,
    { statuses: manyChoices(query, 'status', invitationStatuses), query: oneValue(query, 'query'), ...filter },
    order,
    pageOf(query),
  )
  return listing(list, (invitation) => organizationInvitationResource(invitation, store.imageUrlOf))
}

async function invitationById(request: BackendRequest): Promise<object> {
  const { store } = request
  const { id } = await requireOrganization(store, pathValue(request, 'organization_id'))
  const invitation = await requireOrganizationInvitation(store, pathValue(request, 'invitation_id'), id)
  return organizationInvitationResource(invitation, store.imageUrlOf)
}

async function revoke(request: BackendRequest): Promise<object> {
  const { store } = request
  const body = requireBody(request.body, ['requesting_user_id'])
  const { id } = await requireOrganization(store, pathValue(request, 'organization_id'))
  const requester = optionalText(body, 'requesting_user_id')
  if (requester) await requirePermitted(store, id, requester, 'org:sys_memberships:manage')
  const revoked = await revokeInvitation(store, id, pathValue(request, 'invitation_id'))
  return organizationInvitationResource(revoked, store.imageUrlOf)
}
