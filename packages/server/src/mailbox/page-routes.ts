// The mailbox for people: a list, one message, and a button that empties it. No page runs a script.

import type { FastifyInstance, FastifyReply } from 'fastify'

import { messageFilter, requireMessage } from './api-routes.ts'
import type { Mailbox } from './mailbox.ts'
import { renderList } from './pages/render-list.ts'
import { renderBody, renderMessage } from './pages/render-message.ts'
import { styleSheet } from './pages/style.ts'
import { requireOwnPage } from './require-local.ts'

const PAGE =
  "default-src 'none'; style-src 'self'; img-src data:; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

/** A message may bring styles, and pictures from this machine; nothing of it may run or reach the network. */
const BODY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data: http://localhost:* http://127.0.0.1:*; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox"

/** `/`, `/messages/:id`, `/messages/:id/html`, `/clear`, `/style.css`. */
export function mountPages(app: FastifyInstance, mailbox: Mailbox): void {
  app.get('/', async ({ query }, reply) => {
    const filter = messageFilter(query as Record<string, unknown>)
    return sendPage(reply, renderList(mailbox.list(filter), filter), PAGE)
  })
  app.get<{ Params: { id: string } }>('/messages/:id', async ({ params }, reply) =>
    sendPage(reply, renderMessage(requireMessage(mailbox, params.id)), PAGE),
  )
  app.get<{ Params: { id: string } }>('/messages/:id/html', async ({ params }, reply) =>
    sendPage(reply, renderBody(requireMessage(mailbox, params.id).html ?? ''), BODY),
  )
  app.get('/style.css', async (_request, reply) => reply.type('text/css; charset=utf-8').send(styleSheet))
  app.post('/clear', async ({ headers }, reply) => {
    requireOwnPage(headers)
    mailbox.clear()
    return reply.redirect('/', 303)
  })
}

/** The policy of referrers is not the strictest: under that one a browser hides from its own form's POST whose it is. */
function sendPage(reply: FastifyReply, page: string, policy: string): FastifyReply {
  return reply
    .headers({ 'content-security-policy': policy, 'cache-control': 'no-store', 'referrer-policy': 'same-origin' })
    .type('text/html; charset=utf-8')
    .send(page)
}
