// The waiting list, from either door: joining it, and what operators answer. Each change is told by its event.

import { recordEvent } from '../../outbox/events/record-event.ts'
import { waitlistLetter } from '../../outbox/messages/invitation-letter.ts'
import { recordMessage } from '../../outbox/messages/record-message.ts'
import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { waitlistEntryResource } from '../../resources/waitlist-entry.ts'
import type { Instance } from '../../state/instance/instance.ts'
import { requireInvitation } from '../../state/people/invitations.ts'
import type { Store } from '../../state/database/store.ts'
import {
  deleteWaitlistEntry,
  findWaitlistEntry,
  insertWaitlistEntry,
  requireWaitlistEntry,
  updateWaitlistEntry,
  type WaitlistEntry,
} from '../../state/people/waitlist-entries.ts'
import { invitationDays, invite } from './invite.ts'

/** Puts an address on the waiting list, with a letter if asked; one that is there stays as it is. */
export function joinWaitlist(store: Store, emailAddress: string, notify: boolean): Promise<WaitlistEntry> {
  return store.atomically(async (inner) => {
    const joined = await insertWaitlistEntry(inner, emailAddress)
    if (joined === null) {
      const known = await findWaitlistEntry(inner, emailAddress)
      if (known === null) throw new Error('an entry of the waiting list went away')
      return known
    }
    await recordEvent(inner, 'waitlistEntry.created', waitlistEntryResource(joined, null))
    if (notify) await recordMessage(inner, waitlistLetter(emailAddress))
    return joined
  })
}

/** Invites an entry. Refuses an unknown one, one that was answered with an invitation, and what `invite` refuses. */
export function inviteFromWaitlist(
  instance: Instance,
  store: Store,
  id: string,
  ignoreExisting: boolean,
): Promise<WaitlistEntry> {
  return store.atomically(async (inner) => {
    const entry = await requireWaitlistEntry(inner, id)
    if (entry.status === 'invited' || entry.status === 'completed') throw conflict(`The entry is ${entry.status}.`)
    const { invitation } = await invite(instance, inner, {
      emailAddress: entry.emailAddress,
      publicMetadata: {},
      redirectUrl: null,
      expiresInDays: invitationDays,
      notify: true,
      slug: 'waitlist_invitation',
      ignoreInvitation: ignoreExisting,
      ignoreUser: ignoreExisting,
    })
    const change = { status: 'invited', invitation_id: invitation.id, invited_at: inner.now() } as const
    return changed(inner, await updateWaitlistEntry(inner, id, change))
  })
}

/** Rejects an entry. Refuses an unknown one, and one whose address has signed up. */
export function rejectFromWaitlist(store: Store, id: string): Promise<WaitlistEntry> {
  return store.atomically(async (inner) => {
    const entry = await requireWaitlistEntry(inner, id)
    if (entry.status === 'completed') throw conflict('The entry is completed.')
    return changed(inner, await updateWaitlistEntry(inner, id, { status: 'rejected' }))
  })
}

/** Deletes an entry that waits. Refuses an unknown one, and one that was answered. */
export function deleteFromWaitlist(store: Store, id: string): Promise<void> {
  return store.atomically(async (inner) => {
    const entry = await requireWaitlistEntry(inner, id)
    if (entry.status !== 'pending') throw conflict('Only a pending entry can be deleted.')
    await deleteWaitlistEntry(inner, id)
  })
}

/** Marks an invited address's entry as done, once it has signed up. An address without one is let be. */
export function completeWaitlistEntry(store: Store, emailAddress: string): Promise<void> {
  return store.atomically(async (inner) => {
    const entry = await findWaitlistEntry(inner, emailAddress)
    if (entry === null || entry.status !== 'invited') return
    await changed(inner, await updateWaitlistEntry(inner, entry.id, { status: 'completed' }))
  })
}

async function changed(store: Store, entry: WaitlistEntry): Promise<WaitlistEntry> {
  const invitation = entry.invitationId === null ? null : await requireInvitation(store, entry.invitationId)
  await recordEvent(store, 'waitlistEntry.updated', waitlistEntryResource(entry, invitation))
  return entry
}

function conflict(reason: string): ClerkRefusal {
  return new ClerkRefusal('waitlist_entry_conflict', { reason })
}
