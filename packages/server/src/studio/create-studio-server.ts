// The server of Studio's page: the door to everything below is a session, and the API answers on the same origin, so
// that the page needs no other and holds no key.

import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'

import Fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyReply, LogController } from 'fastify'

import { isRefusal, Refusal } from '../refusal/refusal.ts'
import { mountPage } from './files/serve-page.ts'
import { pageHeaders } from './guard/headers.ts'
import { requireOwnHost } from './guard/require-own.ts'
import { sessionOf } from './guard/session-cookie.ts'
import { wantedCookie } from './guard/wanted-page.ts'
import { handOver, type HandOverDeps, isForApi } from './hand-over.ts'
import { renderStudioRefusal } from './render-studio-refusal.ts'
import { mountSignIn, sendSignIn } from './sign-in-routes.ts'

export interface StudioServerOptions extends HandOverDeps {
  /** Origins that the page's pictures of people may come from; asked anew for each answer. */
  readonly pictures: () => readonly string[]
  readonly logger: FastifyBaseLogger
}

/** Bytes of a request's line and headers, as on the API's port: filters make long addresses. */
const LARGEST_HEAD = 64 * 1024
/** Open to strangers: what they need to sign in. */
const OPEN = new Set(['/sign-in', '/sign-out', '/sign-in.css', '/sign-in.js'])

/** A server that does not listen yet. */
export async function createStudioServer(options: StudioServerOptions): Promise<FastifyInstance> {
  const { access, cookie, hosts, pictures, logger } = options
  const app = Fastify({
    serverFactory: (handle) => listenFor(handle, options),
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: true,
    // An address that cannot be decoded meets no hook.
    frameworkErrors: (_error: unknown, _request: unknown, reply: FastifyReply) => {
      void reply
        .headers(pageHeaders([]))
        .code(400)
        .send({ code: 'studio.request-invalid', message: 'This is no address.' })
    },
  }) as unknown as FastifyInstance
  app.addHook('onRequest', async ({ url, headers }, reply) => {
    reply.headers(pageHeaders([]))
    requireOwnHost(headers, hosts)
    if (OPEN.has(url.replace(/\?.*/s, ''))) return
    const session = sessionOf(headers, cookie)
    if (session === null || !access.isOpen(session)) throw new Refusal('studio.session-required', {})
    reply.headers(pageHeaders(pictures()))
  })
  app.setErrorHandler((thrown, request, reply) => {
    if (!isRefusal(thrown)) return sendOther(thrown as Error & { statusCode?: number }, reply)
    const said = renderStudioRefusal(thrown)
    if (said === null) throw thrown
    if (said.retryAfter !== undefined) reply.header('retry-after', said.retryAfter)
    reply.code(said.status)
    const isStranger = thrown.code === 'studio.session-required'
    if (thrown.code === 'studio.host-foreign' || (isStranger && !wantsDocument(request.headers)))
      return reply.send({ code: thrown.code, details: null, hint: thrown.fix ?? null, message: said.message })
    if (isStranger) reply.header('set-cookie', wantedCookie(cookie, request.url))
    return sendSignIn(reply, access, { next: request.url, problem: isStranger ? null : said.message })
  })
  mountSignIn(app, options)
  await mountPage(app)
  return app
}

/** The API's requests go to their own handlers, which alone call for a body that waits for `100 Continue`. */
function listenFor(handle: RequestListener, deps: HandOverDeps): ReturnType<typeof createServer> {
  const pass = (request: IncomingMessage, response: ServerResponse): void => {
    if (isForApi(request.url ?? '/')) return handOver(request, response, deps)
    if (request.headers.expect !== undefined) response.writeContinue()
    handle(request, response)
  }
  const server = createServer({ maxHeaderSize: LARGEST_HEAD }, pass)
  server.on('checkContinue', pass)
  return server
}

function wantsDocument({ accept = '' }: IncomingMessage['headers']): boolean {
  return accept.includes('text/html')
}

function sendOther({ statusCode = 500, message }: Error & { statusCode?: number }, reply: FastifyReply): FastifyReply {
  if (statusCode < 500) return reply.code(statusCode).send({ code: 'studio.request-invalid', message })
  reply.log.error({ message }, 'fault')
  return reply.code(500).send({ code: 'fault', message: 'Internal server error' })
}
