// Tickets: what links and tests sign in or up with.

import type { Nothing, Rendering, Renderings } from '../rendering.ts'

export interface TicketRefusals {
  ticket_invalid_code: Nothing
  ticket_expired_code: Nothing
  sign_in_token_already_used_code: Nothing
  sign_in_token_revoked_code: Nothing
  sign_in_token_cannot_be_revoked_code: { readonly status: string }
  actor_token_already_used_code: Nothing
  actor_token_revoked_code: Nothing
  actor_token_cannot_be_revoked_code: { readonly status: string }
  invitation_already_accepted: Nothing
  invitation_already_revoked: Nothing
  revoked_invitation: Nothing
}

export const ticketRenderings: Renderings<TicketRefusals> = {
  ticket_invalid_code: () => bad('ticket is invalid', 'The ticket is not one that this instance has issued.'),
  ticket_expired_code: () => bad('ticket has expired', 'The time of this ticket is over. Ask for a new one.'),
  sign_in_token_already_used_code: () =>
    bad('sign in token has already been used', 'A sign in token works once, and this one has been used.'),
  sign_in_token_revoked_code: () => bad('sign in token has been revoked', 'This sign in token was revoked.'),
  sign_in_token_cannot_be_revoked_code: ({ status }) =>
    bad(
      'cannot revoke',
      `Sign in token cannot be revoked because its status is ${status}. Only pending tokens can be revoked.`,
    ),
  actor_token_already_used_code: () =>
    bad('actor token has already been used', 'An actor token works once, and this one has been used.'),
  actor_token_revoked_code: () => bad('actor token has been revoked', 'This actor token was revoked.'),
  actor_token_cannot_be_revoked_code: ({ status }) =>
    bad(
      'cannot revoke',
      `Actor token cannot be revoked because its status is ${status}. Only pending tokens can be revoked.`,
    ),
  invitation_already_accepted: () => bad('already accepted', 'This invitation has already been accepted.'),
  invitation_already_revoked: () => bad('already revoked', 'This invitation has already been revoked.'),
  revoked_invitation: () => bad('revoked invitation', 'This invitation was revoked.'),
}

function bad(message: string, longMessage: string): Rendering {
  return { status: 400, message, longMessage }
}
