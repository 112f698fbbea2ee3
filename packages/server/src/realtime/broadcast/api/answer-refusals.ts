// Refusals as upstream's HTTP API words them: `{"message"}`, `{"error"}` for a media type, or `{"errors"}` by field. What
// its words leave open stands in a hint.

import type { FastifyInstance } from 'fastify'

import { type PhoenixRefusal, renderPhoenix } from '../../../refusal/phoenix/render-phoenix.ts'
import { type AnyRefusal, isRefusal } from '../../../refusal/refusal.ts'

/** For the routes of this plugin; what is no refusal of this dialect is the server's to answer. `explain` adds fixes and our own code. */
export function answerRefusals(fastify: FastifyInstance, explain: boolean): void {
  fastify.setErrorHandler(async (thrown, _request, reply) => {
    const rendered = isRefusal(thrown) ? renderPhoenix(thrown) : null
    if (!isRefusal(thrown) || rendered === null) throw thrown
    if (explain) reply.header('x-tenon-refusal', thrown.code)
    return await reply.code(rendered.status).send(bodyOf(thrown, { ...rendered, fix: explain ? rendered.fix : null }))
  })
}

function bodyOf(refusal: AnyRefusal, { message, fix }: Pick<PhoenixRefusal, 'message' | 'fix'>): object {
  if (refusal.code === 'realtime.broadcast-invalid') return { errors: refusal.detail.errors }
  if (refusal.code === 'realtime.media-type-unsupported') return { error: message }
  if (refusal.code === 'realtime.policy-failed')
    return { message: 'RLS policy error', ...(fix !== null && { hint: fix }) }
  if (isTerse(refusal)) return { message: 'Unauthorized', hint: fix === null ? message : `${message}. ${fix}` }
  return fix === null ? { message } : { message, hint: fix }
}

/** Upstream says of tokens and policies alike that they do not suffice; what is wrong with a key its gateway says. */
function isTerse({ code }: AnyRefusal): boolean {
  if (code === 'realtime.write-unauthorized') return true
  return code.startsWith('token.') && !/^token\.(?:api|secret)-key-/.test(code)
}
