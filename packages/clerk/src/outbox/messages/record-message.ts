// E-mails and text messages to people. They are written in the transaction of what they tell of, with an
// `email.created` or `sms.created` event, and are sent to the mailbox afterwards by whoever listens.

import { recordEvent } from '../events/record-event.ts'
import { newId } from '../../state/database/ids.ts'
import type { Store } from '../../state/database/store.ts'

/** A message before it is written. `slug` names its kind in Clerk's words, for example `verification_code`. */
export interface NewMessage {
  readonly channel: 'email' | 'sms'
  /** An e-mail address, or a number in E.164. */
  readonly recipient: string
  readonly slug: string
  readonly subject: string
  readonly bodyText: string
  readonly bodyHtml: string | null
  /** What the text was made of: the code, the link, names; programs read it in the mailbox's JSON and in the event. */
  readonly data: Readonly<Record<string, string | number | null>>
  readonly userId: string | null
}

/** Records a message and its event. Call it inside the transaction of what it tells of. */
export async function recordMessage(store: Store, message: NewMessage): Promise<void> {
  const { channel, recipient, slug, subject, bodyText, bodyHtml, data, userId } = message
  const id = newId(channel === 'email' ? 'ema' : 'sms')
  await store.db.query(
    `insert into clerk.messages (instance_id, id, channel, recipient, slug, subject, body_text, body_html, data, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [store.instanceId, id, channel, recipient, slug, subject, bodyText, bodyHtml, JSON.stringify(data), store.now()],
  )
  const common = { id, slug, data, status: 'queued', delivered_by_clerk: true, user_id: userId }
  if (channel === 'email') {
    const [, domain = ''] = recipient.split('@')
    await recordEvent(store, 'email.created', {
      ...common,
      object: 'email',
      from_email_name: 'notifications',
      reply_to_email_name: null,
      to_email_address: recipient,
      email_address_id: null,
      subject,
      body: bodyHtml ?? bodyText,
      body_plain: bodyText,
      domain,
    })
  } else {
    await recordEvent(store, 'sms.created', {
      ...common,
      object: 'sms_message',
      from_phone_number: '+15555550199',
      to_phone_number: recipient,
      phone_number_id: null,
      message: bodyText,
    })
  }
}
