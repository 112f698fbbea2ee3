// Invitations, as members who manage others make and take them back.

import {
  inviteToOrganization,
  invitationDays,
  revokeInvitation,
} from '../../../directory/organizations/organization-invitations.ts'
import { requireText, texts } from '../../../parameters/body.ts'
import { formFlag } from '../../../parameters/form.ts'
import { requireEmailForm } from '../../../parameters/identifiers.ts'
import { manyChoices, oneValue, orderOf, pageOf } from '../../../parameters/query.ts'
import { ClerkRefusal } from '../../../refusal/clerk-refusal.ts'
import { listing } from '../../../resources/listing.ts'
import {
  type InvitationOrder,
  invitationOrders,
  type InvitationStatus,
  invitationStatuses,
  listOrganizationInvitations,
} from '../../../state/organizations/organization-invitations.ts'
import { countLetter } from '../../../proof/verification/require-sendable.ts'
import {
  type FrontendAnswer,
  type FrontendEndpoint,
  pathValue,
  resource,
  type SessionRequest,
} from '../../frontend-request.ts'
import { invitationResource } from '../../resources/organization-invitation.ts'
import { requireActing } from './acting-member.ts'

const all = '/v1/organizations/:organization_id/invitations'
const manage = 'org:sys_memberships:manage'
const mostAtOnce = 50

export const organizationInvitationEndpoints: readonly FrontendEndpoint[] = [
  { method: 'GET', path: all, access: 'session', answer: list },
  { method: 'POST', path: all, access: 'session', answer: inviteOne },
  { method: 'POST', path: `${all}/bulk`, access: 'session', answer: inviteMany },
  { method: 'GET', path: `${all}/pending`, access: 'session', answer: (request) => listed(request, ['pending']) },
  { method: 'POST', path: `${all}/:invitation_id/revoke`, access: 'session', answer: revoke },
]

function list(request: SessionRequest): Promise<FrontendAnswer> {
  return listed(request, manyChoices(request.query, 'status', invitationStatuses))
}

async function listed(request: SessionRequest, statuses: readonly InvitationStatus[]): Promise<FrontendAnswer> {
  const { store, query } = request
  const { organization } = await requireActing(request, manage)
  const columns = Object.keys(invitationOrders) as InvitationOrder[]
  const found = await listOrganizationInvitations(
    store,
    { organizationId: organization.id, statuses, query: oneValue(query, 'query') },
    orderOf(query, columns, { column: 'created_at', direction: 'desc' }),
    pageOf(query),
  )
  return resource(listing(found, invitationResource))
}

async function inviteOne(request: SessionRequest): Promise<FrontendAnswer> {
  const [made] = await invite(request, [requireText(request.form, 'email_address')])
  return resource(made)
}

/** All or none; clerk-js reads a bare array. The form's text is split at its commas, also at one that ends it. */
async function inviteMany(request: SessionRequest): Promise<FrontendAnswer> {
  const addresses = texts(request.form, 'email_address').filter((address) => address !== '')
  if (addresses.length === 0) throw new ClerkRefusal('form_param_missing', { param: 'email_address' })
  if (addresses.length > mostAtOnce) {
    throw new ClerkRefusal('form_param_value_too_large', { param: 'email_address', most: mostAtOnce })
  }
  return resource(await invite(request, addresses))
}

async function invite(request: SessionRequest, addresses: readonly string[]): Promise<readonly object[]> {
  const { instance, store, session, form, origin } = request
  const { organization } = await requireActing(request, manage)
  const invitation = {
    role: requireText(form, 'role'),
    inviterId: session.userId,
    redirectUrl: null,
    application: origin,
    expiresInDays: invitationDays,
    notify: formFlag(form, 'notify') ?? true,
  }
  const invitees = [...new Set(addresses.map((address) => requireEmailForm(address)))]
  const { testMode } = (await instance.snapshot()).settings
  const made = await store.atomically(async (inner) => {
    // In an order that all requests agree on, because each waits for the others at an address.
    for (const emailAddress of invitees.toSorted()) await countLetter(inner, emailAddress, testMode)
    return inviteToOrganization(
      instance,
      inner,
      organization.id,
      invitees.map((emailAddress) => ({ ...invitation, emailAddress })),
    )
  })
  return made.map(({ invitation: one }) => invitationResource(one))
}

async function revoke(request: SessionRequest): Promise<FrontendAnswer> {
  const { organization } = await requireActing(request, manage)
  const revoked = await revokeInvitation(request.store, organization.id, pathValue(request, 'invitation_id'))
  return resource(invitationResource(revoked))
}
