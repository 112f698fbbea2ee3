// An entry of the waiting list, as the Backend API and webhooks print it.

import type { Invitation } from '../state/people/invitations.ts'
import type { WaitlistEntry } from '../state/people/waitlist-entries.ts'
import { invitationResource } from './ticket.ts'

/** `invitation` is the one that answered the entry. */
export function waitlistEntryResource(entry: WaitlistEntry, invitation: Invitation | null): object {
  return {
    object: 'waitlist_entry',
    id: entry.id,
    email_address: entry.emailAddress,
    status: entry.status,
    is_locked: false,
    ...(invitation === null ? {} : { invitation: invitationResource(invitation, null) }),
    created_at: entry.createdAt,
    updated_at: entry.updatedAt,
  }
}
