// Uses a ticket up. Two requests with one ticket at the same time: one of them is refused.

import { completeWaitlistEntry } from '../../directory/people/waitlist.ts'
import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { settleActorToken } from '../../state/sessions/actor-tokens.ts'
import { settleInvitation } from '../../state/people/invitations.ts'
import { settleSignInToken } from '../../state/sessions/sign-in-tokens.ts'
import type { Store } from '../../state/database/store.ts'
import type { Ticket } from './require-ticket.ts'

/** Tickets whose records are of this folder's knowledge. */
export type SpendableTicket = Exclude<Ticket, { readonly kind: 'organization_invitation' }>

/**
 * Marks a ticket as used; an invitation off the waiting list completes its entry. Call it inside the transaction of what the ticket is good for. Refuses one that was used or
 * revoked since `requireTicket` read it.
 */
export async function spendTicket(store: Store, ticket: SpendableTicket): Promise<void> {
  switch (ticket.kind) {
    case 'sign_in_token':
      if (await settleSignInToken(store, ticket.id, 'accepted')) return
      throw new ClerkRefusal('sign_in_token_already_used_code', {})
    case 'actor_token':
      if (await settleActorToken(store, ticket.id, 'accepted')) return
      throw new ClerkRefusal('actor_token_already_used_code', {})
    case 'invitation':
      if (!(await settleInvitation(store, ticket.id, 'accepted'))) {
        throw new ClerkRefusal('invitation_already_accepted', {})
      }
      await completeWaitlistEntry(store, ticket.invitation.emailAddress)
  }
}
