// Refusals as upstream's HTTP API words them: `{"message"}`, or `{"errors"}` by field.

import type { FastifyInstance } from 'fastify'

import { renderPhoenix } from '../../../refusal/phoenix/render-phoenix.ts'
import { isRefusal } from '../../../refusal/refusal.ts'

/** For the routes of this plugin; what is no refusal of this dialect is the server's to answer. */
export function answerRefusals(fastify: FastifyInstance): void {
  fastify.setErrorHandler(async (thrown, _request, reply) => {
    if (!isRefusal(thrown)) throw thrown
    const rendered = renderPhoenix(thrown)
    if (rendered === null) throw thrown
    const { status, code, message } = rendered
    const body = thrown.code === 'realtime.broadcast-invalid' ? { errors: thrown.detail.errors } : { code, message }
    return await reply.code(status).send(body)
  })
}
