// The ordinary doors under one Fastify: body parsing, plugins and `inject` for them; routing and credentials were
// settled before.

import Fastify, { LogController, type FastifyInstance } from 'fastify'
import type { IncomingMessage, RequestListener, Server } from 'node:http'
import { Fault } from '../../refusal/fault.ts'
import type { Identity } from '../../identity/identity.ts'
import { fault, noRoute } from '../answers/answer.ts'
import type { HttpLimits, HttpServerOptions } from '../http-options.ts'
import { refuseConnection } from '../lifecycle/refuse-connection.ts'
import { routingTable } from '../routing/routing-table.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by a door that knows its caller; the access log shows role and issuer. */
    identity: Identity | null
  }
}

export interface FastifyDoors {
  readonly fastify: FastifyInstance
  readonly handle: RequestListener
}

interface DoorsOptions {
  readonly server: Server
  readonly limits: HttpLimits
  readonly options: HttpServerOptions
  readonly idOf: (request: IncomingMessage) => string
  readonly noteIdentity: (request: IncomingMessage, identity: Identity) => void
}

/** Mounts each door that is given at its prefix. Ready to handle once resolved. */
export async function openFastifyDoors({
  server,
  limits,
  options,
  idOf,
  noteIdentity,
}: DoorsOptions): Promise<FastifyDoors> {
  let handle: RequestListener | undefined
  const fastify = Fastify({
    serverFactory(handler) {
      handle = handler
      return server
    },
    bodyLimit: limits.bodyBytes,
    // What a request's URL may hold, a name in it may be: the doors refuse names in their own words.
    routerOptions: { maxParamLength: limits.urlBytes },
    loggerInstance: options.logger,
    logController: new LogController({ disableRequestLogging: true }),
    clientErrorHandler: (error: Error, socket) => refuseConnection(error, socket),
    genReqId: (raw) => idOf(raw),
    forceCloseConnections: false,
    return503OnClosing: false,
  })
  fastify.decorateRequest('identity', null)
  fastify.addHook('onResponse', async (request) => {
    if (request.identity !== null) noteIdentity(request.raw, request.identity)
  })
  answerStrays(fastify as unknown as FastifyInstance)
  for (const { door, prefix } of routingTable) {
    const plugin = door === 'rest' ? undefined : options.doors?.[door]
    if (plugin !== undefined) await fastify.register(plugin, { prefix })
  }
  await fastify.ready()
  if (handle === undefined) throw new Error('Fastify asked for no server')
  return { fastify: fastify as unknown as FastifyInstance, handle }
}

// Doors render their own refusals; what reaches this point is Fastify's own no (a body it cannot parse) or a fault.
function answerStrays(fastify: FastifyInstance): void {
  fastify.setNotFoundHandler((request, reply) => {
    const { status, body } = noRoute(request.url)
    return reply.code(status).send({ ...body, hint: 'The door is there and has no such path.' })
  })
  fastify.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    if (error.statusCode !== undefined && error.statusCode < 500) {
      return reply.code(error.statusCode).send({ message: error.message })
    }
    request.log.error({ err: new Fault(request.id, error).cause, traceId: request.id }, 'fault')
    const { status, body } = fault(request.id)
    return reply.code(status).send(body)
  })
}
