// Hands recorded messages to the mailbox over HTTP, each at least once; the mailbox knows them by their ids.
// Messages of a run are locked while they are sent, so that processes share the work and a killed one leaves
// its share to the others.

import type { FastifyBaseLogger } from 'fastify'

import type { ClerkDatabase, Queryable } from '../../state/database/database.ts'

export interface MessageSending {
  readonly database: ClerkDatabase
  readonly instanceIds: readonly string[]
  readonly mailboxUrl: string
  readonly now: () => number
  readonly logger?: FastifyBaseLogger | undefined
}

interface Message {
  readonly instance_id: string
  readonly id: string
  readonly channel: string
  readonly recipient: string
  readonly slug: string
  readonly subject: string
  readonly body_text: string
  readonly body_html: string | null
  readonly data: object
  readonly created_at: number
}

const BATCH = 20
/** Milliseconds that the mailbox may take for one message, and until it is tried again. */
const PATIENCE = 5000
const RETRY = 1000

/** Sends everything there is, the oldest first. Resolves to when to try again where the mailbox did not answer. */
export async function sendMessages(sending: MessageSending): Promise<number | null> {
  for (;;) {
    const { found, sent } = await sending.database.transaction((db) => sendBatch(db, sending))
    if (sent < found) return RETRY
    if (found < BATCH) return null
  }
}

async function sendBatch(db: Queryable, sending: MessageSending): Promise<{ found: number; sent: number }> {
  const batch = await db.query<Message>(
    `select instance_id, id, channel, recipient, slug, subject, body_text, body_html, data, created_at
     from clerk.messages where delivered_at is null and instance_id = any($1)
     order by position limit ${BATCH} for update skip locked`,
    [sending.instanceIds],
  )
  const sent: string[] = []
  for (const message of batch) {
    if (!(await handIn(message, sending))) break
    sent.push(message.id)
  }
  if (sent.length > 0) {
    await db.query('update clerk.messages set delivered_at = $2 where instance_id = any($1) and id = any($3)', [
      sending.instanceIds,
      sending.now(),
      sent,
    ])
  }
  return { found: batch.length, sent: sent.length }
}

/** False where the mailbox could not take it now. What it will never take is logged and counts as sent. */
async function handIn(message: Message, { mailboxUrl, logger }: MessageSending): Promise<boolean> {
  const { id, channel, recipient, slug, subject, body_text: text, body_html: html, data, created_at } = message
  try {
    const answer = await fetch(`${mailboxUrl}/api/v1/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id, source: 'clerk', channel, recipient, slug, subject, text, html, data, created_at }),
      signal: AbortSignal.timeout(PATIENCE),
    })
    await answer.body?.cancel()
    if (answer.status >= 500) return false
    if (!answer.ok) logger?.warn({ message: id, status: answer.status }, 'the mailbox refused a message')
    return true
  } catch (err) {
    logger?.warn({ err, message: id }, 'the mailbox did not answer')
    return false
  }
}
