// Broadcasts over HTTP, below `/realtime/v1`: a batch of them, or one at a time, which `channel.httpSend()` uses.

import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from 'fastify'

import { Refusal } from '../../../refusal/refusal.ts'
import { answerRefusals } from './answer-refusals.ts'
import { sendBatch } from './send-batch.ts'
import { sendSingle } from './send-single.ts'
import type { ApiDeps } from './tell-counted.ts'

/** A batch may hold more than one message of the largest kind. Bytes. */
const BATCH_BYTES = 8_000_000
/** What a body may be beyond the limit, so that it is refused in this API's own words. Bytes. */
const SLACK = 1_000_000
/** Upstream's administration of its tenants, which its gateway keeps to itself. */
const CLOSED = ['/api/tenants', '/api/tenants/*', '/api/openapi', '/api/openapi/*']

/** The routes, as a plugin. An accepted message is answered 202 without a body. */
export function broadcastApi(deps: ApiDeps): FastifyPluginAsync {
  const { broadcastBytes } = deps.limits
  return async (fastify) => {
    answerRefusals(fastify, deps.explain)
    takeBytes(fastify)
    const batch = { bodyLimit: Math.max(BATCH_BYTES, broadcastBytes + SLACK) }
    fastify.post('/api/broadcast', batch, async (request, reply) => {
      await sendBatch(request, bodyOf(request), deps)
      return await reply.code(202).send()
    })
    // Names in the path may be longer than a parameter of the router.
    fastify.post('/api/broadcast/*', { bodyLimit: broadcastBytes + SLACK }, async (request, reply) => {
      await sendSingle(request, bodyOf(request), deps)
      return await reply.code(202).send()
    })
    for (const path of CLOSED) {
      fastify.all(path, async () => {
        throw new Refusal('realtime.path-forbidden', { path })
      })
    }
  }
}

/** Payloads go on as they came. */
function takeBytes(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers()
  fastify.addContentTypeParser('*', { parseAs: 'buffer' }, async (_request: FastifyRequest, body: Buffer) => body)
}

function bodyOf({ body }: FastifyRequest): Buffer {
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0)
}
