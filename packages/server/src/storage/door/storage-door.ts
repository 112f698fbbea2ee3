// The door of `/storage/v1`: bodies stay streams, refusals are said in upstream's words, and each area brings its routes.

import type { FastifyInstance, FastifyPluginAsync } from 'fastify'

import { isRefusal, Refusal } from '../../refusal/refusal.ts'
import { refusalHeaders } from '../../refusal/storage/refusal-headers.ts'
import { renderStorage } from '../../refusal/storage/render-storage.ts'
import { explainHidden } from '../access/denial/explain-hidden.ts'
import type { WhyDenied } from '../access/denial/why-denied.ts'
import { addMonitorRoutes } from './add-monitor-routes.ts'
import { detachedBody } from './detached-body.ts'
import type { StorageArea, StorageDeps } from './storage-deps.ts'

interface Saying {
  /** Tells clients what to change where they are refused; null where they are not to be told. */
  readonly whyDenied: WhyDenied | null
  /** Of the server. */
  readonly version: string
}

/** The areas share one plugin: a route that none has is answered in this door's words, too. */
export function storageDoor(
  deps: StorageDeps,
  areas: readonly StorageArea[],
  { whyDenied, version }: Saying,
): FastifyPluginAsync {
  return async (fastify) => {
    passBodies(fastify)
    forbidSniffing(fastify)
    answerRefusals(fastify, whyDenied)
    addMonitorRoutes(fastify, deps, version)
    for (const area of areas) area(fastify, deps)
  }
}

/** Objects may be larger than memory: a route reads what it needs of its body, within its own limits. */
function passBodies(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers()
  fastify.addContentTypeParser('*', { bodyLimit: Number.MAX_SAFE_INTEGER }, (_request, payload, done) =>
    done(null, detachedBody(payload)),
  )
}

/** Nothing that is answered here is to be taken for another type than it says, least of all for a page. */
function forbidSniffing(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (_request, reply, done) => {
    reply.header('x-content-type-options', 'nosniff')
    done()
  })
}

function answerRefusals(fastify: FastifyInstance, whyDenied: WhyDenied | null): void {
  fastify.setErrorHandler(async (error, request, reply) => {
    const thrown = isUnreadableType(error) ? new Refusal('storage.content-type-invalid', {}) : error
    if (!isRefusal(thrown)) throw thrown
    const explained = whyDenied === null ? thrown : await explainHidden(thrown, request.identity, whyDenied)
    const rendered = renderStorage(explained)
    if (rendered === null) throw thrown
    reply.headers(refusalHeaders(explained, whyDenied !== null))
    return await reply.code(rendered.status).send(rendered.body)
  })
  fastify.setNotFoundHandler(async (request) => {
    throw new Refusal('storage.route-unknown', { method: request.method, path: request.url })
  })
}

/** Fastify's own word for it. */
function isUnreadableType(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE'
}
