// The letter that invites somebody to the instance.

import { escapeHtml } from '../../http/escape-html.ts'
import type { NewMessage } from './record-message.ts'

/** Which letter: after a wait on the waiting list, or without one. */
export type InvitationSlug = 'invitation' | 'waitlist_invitation'

export interface InvitationLetter {
  readonly slug: InvitationSlug
  readonly recipient: string
  readonly link: string
  readonly expiresInDays: number
}

/** The e-mail with the link that accepts an invitation. */
export function invitationLetter({ slug, recipient, link, expiresInDays }: InvitationLetter): NewMessage {
  const subject = slug === 'invitation' ? 'You are invited' : 'Your place is ready'
  return {
    channel: 'email',
    recipient,
    slug,
    subject,
    bodyText: `${subject}. Open this link to accept; it works for ${expiresInDays} days:\n\n${link}\n`,
    bodyHtml: `<p>${subject}. <a href="${escapeHtml(link)}">Accept the invitation</a>; the link works for ${expiresInDays} days.</p>`,
    data: { link, action_url: link, expires_in_days: expiresInDays },
    userId: null,
  }
}

/** The e-mail that says that an address is on the waiting list. */
export function waitlistLetter(recipient: string): NewMessage {
  return {
    channel: 'email',
    recipient,
    slug: 'waitlist_confirmation',
    subject: 'You are on the waiting list',
    bodyText: 'You are on the waiting list. We write again when there is a place.\n',
    bodyHtml: null,
    data: {},
    userId: null,
  }
}
