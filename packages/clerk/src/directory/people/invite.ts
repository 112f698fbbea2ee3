// Invitations to the instance, from the Backend API's several ways: one, in bulk, off the waiting list.

import { invitationLetter, type InvitationSlug } from '../../outbox/messages/invitation-letter.ts'
import { recordMessage } from '../../outbox/messages/record-message.ts'
import { mintTicket, ticketUrl } from '../../tokens/minting/mint-tickets.ts'
import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { notFound } from '../../refusal/not-found.ts'
import { isClaimedEmailAddress } from '../../state/people/email-addresses.ts'
import type { Instance } from '../../state/instance/instance.ts'
import {
  deleteInvitation,
  hasPendingInvitation,
  insertInvitation,
  type Invitation,
  requireInvitation,
  settleInvitation,
} from '../../state/people/invitations.ts'
import type { Store } from '../../state/database/store.ts'
import type { JsonObject } from '../../tokens/json.ts'

const day = 86_400_000

/** How long an invitation counts where nothing else is said, in days. */
export const invitationDays = 30

/** Somebody to invite. */
export interface Invited {
  /** In its stored form. */
  readonly emailAddress: string
  readonly publicMetadata: JsonObject
  readonly redirectUrl: string | null
  readonly expiresInDays: number
  /** Write a letter. */
  readonly notify: boolean
  readonly slug: InvitationSlug
  /** Invite although there is a pending invitation. */
  readonly ignoreInvitation: boolean
  /** Invite although somebody has the address. */
  readonly ignoreUser: boolean
}

/** An invitation and the link that accepts it. */
export interface SentInvitation {
  readonly invitation: Invitation
  readonly url: string
}

/** Invites somebody. Refuses an address that is invited already or that somebody has, unless told to ignore it. */
export function invite(instance: Instance, store: Store, invited: Invited): Promise<SentInvitation> {
  const { emailAddress, expiresInDays } = invited
  return store.atomically(async (inner) => {
    if (!invited.ignoreUser && (await isClaimedEmailAddress(inner, emailAddress))) {
      throw new ClerkRefusal('form_identifier_exists', { param: 'email_address', identifier: 'email address' })
    }
    if (!invited.ignoreInvitation && (await hasPendingInvitation(inner, emailAddress))) {
      const longMessage = `There is already a pending invitation for ${emailAddress}.`
      throw new ClerkRefusal('duplicate_record', { message: 'duplicate invitation', longMessage })
    }
    const invitation = await insertInvitation(inner, { ...invited, lifetime: expiresInDays * day })
    const url = ticketUrl(instance, await mintTicket(instance, 'invitation', invitation))
    const letter = { slug: invited.slug, recipient: emailAddress, link: url, expiresInDays }
    if (invited.notify) await recordMessage(inner, invitationLetter(letter))
    return { invitation, url }
  })
}

/** Revokes an invitation that nobody has accepted. Refuses an unknown one, an accepted one and a revoked one. */
export async function revokeInvitation(store: Store, id: string): Promise<Invitation> {
  const revoked = await settleInvitation(store, id, 'revoked')
  const invitation = await requireInvitation(store, id)
  if (revoked) return invitation
  throw new ClerkRefusal(
    invitation.status === 'accepted' ? 'invitation_already_accepted' : 'invitation_already_revoked',
    {},
  )
}

/** Removes an invitation of any status for good; its link is worth nothing from then on. Refuses an unknown one. */
export function removeInvitation(store: Store, id: string): Promise<void> {
  return store.atomically(async (inner) => {
    if (!(await deleteInvitation(inner, id))) throw notFound('invitation', id)
  })
}
