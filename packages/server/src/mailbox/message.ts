// What the mailbox keeps: an e-mail or text message that one half of the platform sent to somebody. The member
// names are those of the JSON.

import { Refusal } from '../refusal/refusal.ts'

export interface MailboxMessage {
  /** Chosen by the sender; a message that comes twice is kept once. */
  readonly id: string
  /** Who sent it: `clerk`, `auth`. */
  readonly source: string
  readonly channel: 'email' | 'sms'
  /** An e-mail address, or a number in E.164. */
  readonly recipient: string
  /** What kind of message it is, for example `verification_code`. */
  readonly slug: string
  readonly subject: string
  readonly text: string
  readonly html: string | null
  /** What the text was made of, for programs: `code`, `link`, names. */
  readonly data: Readonly<Record<string, unknown>>
  /** Unix milliseconds. */
  readonly created_at: number
}

/** Reads a message that was handed in. Refuses `mailbox.message-invalid` by the member. */
export function parseMessage(value: unknown, now: number): MailboxMessage {
  if (!isTable(value)) throw invalid('the body', 'a JSON object')
  const { channel, html, created_at: created } = value
  if (channel !== 'email' && channel !== 'sms') throw invalid('channel', 'email or sms')
  if (html !== undefined && html !== null && typeof html !== 'string') throw invalid('html', 'a text or null')
  if (created !== undefined && typeof created !== 'number') throw invalid('created_at', 'Unix milliseconds')
  const data = value['data'] ?? {}
  if (!isTable(data)) throw invalid('data', 'an object')
  return {
    id: wordOf(value, 'id'),
    source: wordOf(value, 'source'),
    channel,
    recipient: wordOf(value, 'recipient'),
    slug: textOf(value, 'slug'),
    subject: textOf(value, 'subject'),
    text: textOf(value, 'text'),
    html: html ?? null,
    data,
    created_at: created ?? now,
  }
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A text that may be left out. */
function textOf(value: Readonly<Record<string, unknown>>, member: string): string {
  const text = value[member] ?? ''
  if (typeof text !== 'string') throw invalid(member, 'a text')
  return text
}

function wordOf(value: Readonly<Record<string, unknown>>, member: string): string {
  const text = textOf(value, member)
  if (text === '' || text.length > 320) throw invalid(member, 'a text of 1 to 320 characters')
  return text
}

function invalid(member: string, expected: string): Refusal<'mailbox.message-invalid'> {
  return new Refusal('mailbox.message-invalid', { member, expected })
}
