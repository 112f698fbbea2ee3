// A ticket as the first factor: a sign-in token, an actor token, or an invitation of somebody who has an account.

import {
  acceptInvitation,
  requireAcceptableInvitation,
} from '../../../directory/organizations/organization-invitations.ts'
import { requireText } from '../../../parameters/body.ts'
import { ClerkRefusal } from '../../../refusal/clerk-refusal.ts'
import { findUserByIdentifier } from '../../../state/people/find-by-identifier.ts'
import type { Store } from '../../../state/database/store.ts'
import { requireTicket, type Ticket } from '../../../proof/tickets/require-ticket.ts'
import { spendTicket } from '../../../proof/tickets/spend-ticket.ts'
import type { Proof } from '../../../proof/verification/proof.ts'
import type { ClientRequest } from '../../frontend-request.ts'
import type { FactorStrategy } from '../factor.ts'
import { spentNow } from '../spent-now.ts'

const strategy = 'ticket'

export const ticketStrategy: FactorStrategy = {
  identifies: true,
  offers: () => [],
  attempt: async (request) => {
    const ticket = await requireTicket(request.instance, requireText(request.form, 'ticket'))
    return proofOf(request, ticket)
  },
}

/**
 * What a ticket is good for. Tokens were made by the application's own server, which vouches for whoever brings one;
 * an invitation proves an address and no more, so a second factor is asked for after it.
 */
async function proofOf({ store, client }: ClientRequest, ticket: Ticket): Promise<Proof> {
  const spend = async (inner: Store, use: Promise<unknown>) => {
    await use
    return spentNow(inner, strategy, client.id)
  }
  switch (ticket.kind) {
    case 'sign_in_token':
      return {
        strategy,
        userId: ticket.userId,
        organizationId: ticket.organizationId,
        sufficient: true,
        spend: (inner) => spend(inner, spendTicket(inner, ticket)),
      }
    case 'actor_token': {
      const { userId, actor, sessionLifetime: lifetime } = ticket
      return {
        strategy,
        userId,
        actor,
        lifetime,
        sufficient: true,
        spend: (inner) => spend(inner, spendTicket(inner, ticket)),
      }
    }
    case 'invitation': {
      const userId = await requireInvited(store, ticket.invitation.emailAddress)
      return { strategy, userId, spend: (inner) => spend(inner, spendTicket(inner, ticket)) }
    }
    case 'organization_invitation': {
      const { emailAddress } = await requireAcceptableInvitation(store, ticket.id)
      const userId = await requireInvited(store, emailAddress)
      return { strategy, userId, spend: (inner) => spend(inner, acceptInvitation(inner, ticket.id, userId)) }
    }
  }
}

/** The user with the invited address. Refuses one that has no account, who signs up instead. */
async function requireInvited(store: Store, emailAddress: string): Promise<string> {
  const user = await findUserByIdentifier(store, 'email_address', emailAddress)
  if (user === null) throw new ClerkRefusal('invitation_account_not_exists', {})
  return user.id
}
