// The mailbox's refusals on the wire: a status, our own code and a sentence.

import type { RefusalDetails } from '../refusal/refusal.ts'
import type { MailboxRefusals } from '../refusal/vocabulary/mailbox.ts'

export interface RenderedMailboxRefusal {
  readonly status: number
  readonly message: string
}

type Renderings = {
  readonly [Code in keyof MailboxRefusals]: (detail: RefusalDetails[Code]) => RenderedMailboxRefusal
}

/** One rendering for each code of the family. */
export const mailboxRenderings: Renderings = {
  'mailbox.message-invalid': ({ member, expected }) => ({
    status: 400,
    message: `A message needs ${expected} in ${member}.`,
  }),
  'mailbox.query-invalid': ({ parameter, expected }) => ({ status: 400, message: `${parameter} must be ${expected}.` }),
  'mailbox.message-unknown': ({ id }) => ({ status: 404, message: `No message has the id ${id}.` }),
  'mailbox.host-foreign': ({ host }) => ({
    status: 403,
    message: `The mailbox is for this machine, and ${host} is another name. Use localhost or 127.0.0.1.`,
  }),
  'mailbox.site-foreign': ({ origin }) => ({
    status: 403,
    message: `The mailbox does nothing for pages of ${origin}.`,
  }),
}
