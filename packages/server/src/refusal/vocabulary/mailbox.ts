// Refusals of the development mailbox.

export interface MailboxRefusals {
  /** A message that was handed in lacks a member, or has one of another kind. */
  'mailbox.message-invalid': { readonly member: string; readonly expected: string }
  /** A filter that cannot be. */
  'mailbox.query-invalid': { readonly parameter: string; readonly expected: string }
  /** No message has this id, or newer ones have taken its place. */
  'mailbox.message-unknown': { readonly id: string }
  /** The request names a host that is not this machine: a page of the web may have pointed its own name here. */
  'mailbox.host-foreign': { readonly host: string }
  /** The request was made by a page of another site. */
  'mailbox.site-foreign': { readonly origin: string }
}
