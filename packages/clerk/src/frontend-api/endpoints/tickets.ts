// The links in letters of invitation, and those that a server hands out: they lead on to the application with the
// ticket, which its components then sign in or up with.

import {
  acceptInvitation,
  requireAcceptableInvitation,
} from '../../directory/organizations/organization-invitations.ts'
import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { findUserByIdentifier } from '../../state/people/find-by-identifier.ts'
import { sessionsOnClient } from '../../state/sessions/sessions.ts'
import { requireTicket, type Ticket } from '../../proof/tickets/require-ticket.ts'
import { requireRedirectUrl } from '../../browser/page-origin.ts'
import { type FrontendAnswer, type FrontendEndpoint, type FrontendRequest, redirect } from '../frontend-request.ts'

export const ticketEndpoints: readonly FrontendEndpoint[] = [
  { method: 'GET', path: '/v1/tickets/accept', access: 'open', answer: accept },
]

async function accept(request: FrontendRequest): Promise<FrontendAnswer> {
  const { instance, query, headers } = request
  const text = query.get('ticket')
  if (text === null || text === '') throw new ClerkRefusal('form_param_missing', { param: 'ticket' })
  const ticket = await requireTicket(instance, text)
  const asked = query.get('redirect_url') ?? (await redirectUrlOf(request, ticket))
  const application = query.get('application') ?? (await applicationUrl(request))
  const target = asked === null ? application : within(application, asked)
  const url = await requireRedirectUrl(target, 'redirect_url', instance, headers)
  const status = await statusOf(request, ticket)
  if (asked === null && url.pathname === '/') url.pathname = pages[status]
  url.searchParams.set('__clerk_ticket', text)
  url.searchParams.set('__clerk_status', status)
  return redirect(url)
}

/** A path leads to a page of the application, whatever else to where it says itself. */
function within(application: string | null, asked: string): string {
  const isPath = asked.startsWith('/') && application !== null && URL.canParse(asked, application)
  return isPath ? new URL(asked, application).href : asked
}

/** Where an application usually has the components that take a ticket. */
const pages = { sign_in: '/sign-in', sign_up: '/sign-up', complete: '/' } as const

async function redirectUrlOf({ store }: FrontendRequest, ticket: Ticket): Promise<string | null> {
  if (ticket.kind === 'invitation') return ticket.invitation.redirectUrl
  if (ticket.kind === 'organization_invitation')
    return (await requireAcceptableInvitation(store, ticket.id)).redirectUrl
  return null
}

/** Where the application is, as far as the instance knows: the first of the origins that it was told of. */
async function applicationUrl({ instance, origin }: FrontendRequest): Promise<string | null> {
  return (await instance.snapshot()).settings.allowedOrigins[0] ?? origin
}

/** What the components do with the ticket; nothing, where the invitation could be accepted right here. */
async function statusOf(request: FrontendRequest, ticket: Ticket): Promise<'sign_in' | 'sign_up' | 'complete'> {
  if (ticket.kind === 'sign_in_token' || ticket.kind === 'actor_token') return 'sign_in'
  const { store, client } = request
  const emailAddress =
    ticket.kind === 'invitation'
      ? ticket.invitation.emailAddress
      : (await requireAcceptableInvitation(store, ticket.id)).emailAddress
  const user = await findUserByIdentifier(store, 'email_address', emailAddress)
  if (user === null) return 'sign_up'
  const signedIn = client === null ? [] : await sessionsOnClient(store, client.id)
  if (ticket.kind === 'invitation' || !signedIn.some(({ userId }) => userId === user.id)) return 'sign_in'
  await acceptInvitation(store, ticket.id, user.id)
  return 'complete'
}
