// Sign-ups that come with an invitation: it proves the invited address, says what the user begins with, and is used
// up when she is created.

import {
  acceptInvitation,
  requireAcceptableInvitation,
} from '../../directory/organizations/organization-invitations.ts'
import { optionalText, requireText } from '../../parameters/body.ts'
import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { findUserByIdentifier } from '../../state/people/find-by-identifier.ts'
import type { Instance } from '../../state/instance/instance.ts'
import type { SignUp, SignUpColumns } from '../../state/sessions/sign-ups.ts'
import type { Store } from '../../state/database/store.ts'
import { requireTicket } from '../../proof/tickets/require-ticket.ts'
import { spendTicket } from '../../proof/tickets/spend-ticket.ts'
import type { JsonObject } from '../../tokens/json.ts'
import type { ClientRequest } from '../frontend-request.ts'
import { spentNow } from '../sign-in/spent-now.ts'

/** An invitation that still counts. */
export interface Invited {
  readonly ticket: string
  readonly emailAddress: string
  /** What the user begins with; undefined for an organization's, whose metadata are the membership's. */
  readonly publicMetadata: JsonObject | undefined
  /** Uses it up for the user that was created. Refuses when somebody was faster. */
  readonly accept: (store: Store, userId: string) => Promise<unknown>
}

/** The invitation that the form brings, or null. Refuses one that does not count, and one for somebody who has an account. */
export async function readTicket({ instance, store, form }: ClientRequest): Promise<Invited | null> {
  const named = optionalText(form, 'strategy') === 'ticket'
  const given = optionalText(form, 'ticket') || null
  if (!named && given === null) return null
  const invited = await requireInvited(instance, store, requireText(form, 'ticket'))
  const taken = await findUserByIdentifier(store, 'email_address', invited.emailAddress)
  if (taken !== null) throw new ClerkRefusal('invitation_account_exists', {})
  return invited
}

/** What a ticket invites to. Refuses one that does not count or is no invitation. */
export async function requireInvited(instance: Instance, store: Store, text: string): Promise<Invited> {
  const ticket = await requireTicket(instance, text)
  if (ticket.kind === 'invitation') {
    const { emailAddress, publicMetadata } = ticket.invitation
    return { ticket: text, emailAddress, publicMetadata, accept: (inner) => spendTicket(inner, ticket) }
  }
  if (ticket.kind === 'organization_invitation') {
    const { emailAddress } = await requireAcceptableInvitation(store, ticket.id)
    const accept = (inner: Store, userId: string) => acceptInvitation(inner, ticket.id, userId)
    return { ticket: text, emailAddress, publicMetadata: undefined, accept }
  }
  throw new ClerkRefusal('ticket_invalid_code', {})
}

/** The columns of an invited sign-up: whoever brings the ticket has read the mail of its address. */
export async function invitedColumns(
  store: Store,
  clientId: string,
  { ticket, emailAddress }: Invited,
  given: SignUpColumns,
): Promise<SignUpColumns> {
  requireSameAddress({ ticket, emailAddress }, given)
  const { id } = await spentNow(store, 'ticket', clientId)
  return { ticket, email_address: emailAddress, email_verification_id: id }
}

/** Refuses to change the address that was invited. */
export function requireSameAddress(
  { ticket, emailAddress }: Pick<SignUp, 'ticket' | 'emailAddress'>,
  { email_address: given }: SignUpColumns,
): void {
  if (ticket === null || given === undefined || given === emailAddress) return
  throw new ClerkRefusal('form_param_not_combinable', { param: 'email_address', existing: 'ticket' })
}
