// The endpoints under /invitations.

import {
  invitationDays,
  invite,
  type Invited,
  removeInvitation,
  revokeInvitation,
} from '../../directory/people/invite.ts'
import {
  type Body,
  optionalChoice,
  optionalFlag,
  optionalInteger,
  optionalObject,
  optionalText,
  requireBody,
  requireBodies,
  requireText,
} from '../../parameters/body.ts'
import { requireEmailForm, requireTargetForm } from '../../parameters/identifiers.ts'
import { choiceOf, oneValue, orderOf, pageOf } from '../../parameters/query.ts'
import { deletion, maybePaginated } from '../../resources/listing.ts'
import { invitationResource } from '../../resources/ticket.ts'
import { invitationOrders, invitationStatuses, listInvitations } from '../../state/people/invitations.ts'
import { type BackendRequest, type Endpoint, pathValue } from '../backend-request.ts'

export const invitationEndpoints: readonly Endpoint[] = [
  { method: 'POST', path: '/invitations', answer: createInvitation },
  { method: 'POST', path: '/invitations/bulk', answer: createInvitations },
  { method: 'GET', path: '/invitations', answer: invitationList },
  { method: 'POST', path: '/invitations/:invitation_id/revoke', answer: revoke },
  { method: 'DELETE', path: '/invitations/:invitation_id', answer: remove },
]

const parameters = [
  'email_address',
  'public_metadata',
  'redirect_url',
  'notify',
  'ignore_existing',
  'expires_in_days',
  'template_slug',
]

const mostAtOnce = 10

async function createInvitation({ instance, store, body }: BackendRequest): Promise<object> {
  const invited = invitedOf(requireBody(body, parameters))
  const sent = await invite(instance, store, { ...invited, ignoreUser: invited.ignoreInvitation })
  return invitationResource(sent.invitation, sent.url)
}

/** All of them or none. That somebody has the address cannot be ignored here, as Clerk's specification has it. */
async function createInvitations({ instance, store, body }: BackendRequest): Promise<object> {
  const all = requireBodies(body, parameters, mostAtOnce).map(invitedOf)
  return store.atomically(async (inner) => {
    const answers: object[] = []
    for (const invited of all) {
      const sent = await invite(instance, inner, { ...invited, ignoreUser: false })
      answers.push(invitationResource(sent.invitation, sent.url))
    }
    return answers
  })
}

async function invitationList({ store, query }: BackendRequest): Promise<object> {
  const filter = { status: choiceOf(query, 'status', invitationStatuses), query: oneValue(query, 'query') }
  const order = orderOf(query, invitationOrders, { column: 'created_at', direction: 'desc' })
  const list = await listInvitations(store, filter, order, pageOf(query))
  return maybePaginated(query, list, (invitation) => invitationResource(invitation, null))
}

async function revoke(request: BackendRequest): Promise<object> {
  return invitationResource(await revokeInvitation(request.store, pathValue(request, 'invitation_id')), null)
}

async function remove(request: BackendRequest): Promise<object> {
  const id = pathValue(request, 'invitation_id')
  await removeInvitation(request.store, id)
  return deletion('invitation', id)
}

function invitedOf(body: Body): Omit<Invited, 'ignoreUser'> {
  const redirectUrl = optionalText(body, 'redirect_url')
  return {
    emailAddress: requireEmailForm(requireText(body, 'email_address')),
    publicMetadata: optionalObject(body, 'public_metadata') ?? {},
    redirectUrl: redirectUrl ? requireTargetForm(redirectUrl, 'redirect_url') : null,
    expiresInDays: optionalInteger(body, 'expires_in_days', 1, 365) ?? invitationDays,
    notify: optionalFlag(body, 'notify') ?? true,
    slug: optionalChoice(body, 'template_slug', ['invitation', 'waitlist_invitation']) ?? 'invitation',
    ignoreInvitation: optionalFlag(body, 'ignore_existing') ?? false,
  }
}
