// The mailbox for programs: JSON below /api/v1.

import type { FastifyInstance } from 'fastify'

import { Refusal } from '../refusal/refusal.ts'
import type { Mailbox, MessageFilter } from './mailbox.ts'
import { parseMessage } from './message.ts'
import { requireOwnPage } from './require-local.ts'

type Query = Readonly<Record<string, unknown>>

const MOST = 500

/** `GET`, `POST` and `DELETE /api/v1/messages`, `GET /api/v1/messages/:id`. A message is handed in as JSON, by its own id. */
export function mountApi(app: FastifyInstance, mailbox: Mailbox): void {
  app.get('/api/v1/messages', async ({ query }) => ({
    messages: mailbox.list(messageFilter(query as Query)),
    total: mailbox.size(),
  }))
  app.get<{ Params: { id: string } }>('/api/v1/messages/:id', async ({ params }) => requireMessage(mailbox, params.id))
  app.post('/api/v1/messages', async ({ body, headers }, reply) => {
    requireOwnPage(headers)
    const message = parseMessage(body, Date.now())
    const isNew = mailbox.keep(message)
    return reply.code(isNew ? 201 : 200).send({ id: message.id })
  })
  app.delete('/api/v1/messages', async ({ headers }, reply) => {
    requireOwnPage(headers)
    mailbox.clear()
    return reply.code(204).send()
  })
}

/** The message of an id. Refuses `mailbox.message-unknown`. */
export function requireMessage(mailbox: Mailbox, id: string): ReturnType<Mailbox['find']> & object {
  const message = mailbox.find(id)
  if (message === null) throw new Refusal('mailbox.message-unknown', { id })
  return message
}

/** `recipient`, `channel` and `limit` of a query; an empty one counts as not sent. Refuses `mailbox.query-invalid`. */
export function messageFilter(query: Query): MessageFilter {
  const { recipient, channel, limit } = query
  if (recipient !== undefined && typeof recipient !== 'string') throw invalid('recipient', 'given once')
  const isChannel = channel === 'email' || channel === 'sms'
  if (channel !== undefined && channel !== '' && !isChannel) throw invalid('channel', 'email or sms')
  const most = limit === undefined || limit === '' ? 50 : Number(limit)
  if (!Number.isInteger(most) || most < 1 || most > MOST) throw invalid('limit', `a whole number from 1 to ${MOST}`)
  // An unescaped + of a telephone number arrives as a space.
  return { recipient: recipient?.replace(/^ /, '+') || null, channel: isChannel ? channel : null, limit: most }
}

function invalid(parameter: string, expected: string): Refusal<'mailbox.query-invalid'> {
  return new Refusal('mailbox.query-invalid', { parameter, expected })
}
