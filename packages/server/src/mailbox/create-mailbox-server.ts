// The HTTP server of the development mailbox: where every e-mail and text message of either half ends.

import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'

import { isRefusal } from '../refusal/refusal.ts'
import { mountApi } from './api-routes.ts'
import { createMailbox } from './mailbox.ts'
import { mountPages } from './page-routes.ts'
import { mailboxRenderings, type RenderedMailboxRefusal } from './render-mailbox-refusal.ts'
import { requireLocalHost } from './require-local.ts'

export interface MailboxServerOptions {
  /** Answer only requests that name this machine as their host; for a mailbox that only this machine can reach. */
  readonly localOnly: boolean
  readonly logger: FastifyBaseLogger
}

const LARGEST_MESSAGE = 2 * 1024 * 1024

/** An empty mailbox behind a server that does not listen yet. */
export function createMailboxServer({ localOnly, logger }: MailboxServerOptions): FastifyInstance {
  const app = Fastify({
    bodyLimit: LARGEST_MESSAGE,
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: true,
  })
  app.removeContentTypeParser('text/plain')
  // The button's form; it has no fields.
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, async () => null)
  app.addHook('onRequest', async ({ headers }, reply) => {
    reply.header('x-content-type-options', 'nosniff')
    if (localOnly) requireLocalHost(headers)
  })
  app.setErrorHandler((thrown, request, reply) => {
    const rendered = isRefusal(thrown) ? render(thrown) : null
    if (isRefusal(thrown) && rendered !== null) {
      return reply.code(rendered.status).send({ code: thrown.code, message: rendered.message })
    }
    const { statusCode = 500, message } = thrown as Error & { statusCode?: number }
    if (statusCode < 500) return reply.code(statusCode).send({ code: 'mailbox.request-invalid', message })
    request.log.error({ err: thrown }, 'fault')
    return reply.code(500).send({ code: 'fault', message: 'Internal server error' })
  })
  const mailbox = createMailbox()
  mountApi(app, mailbox)
  mountPages(app, mailbox)
  return app
}

function render(refusal: { readonly code: string; readonly detail: object }): RenderedMailboxRefusal | null {
  if (!Object.hasOwn(mailboxRenderings, refusal.code)) return null
  const renderingOf = mailboxRenderings as Readonly<Record<string, (detail: object) => RenderedMailboxRefusal>>
  return renderingOf[refusal.code]?.(refusal.detail) ?? null
}
