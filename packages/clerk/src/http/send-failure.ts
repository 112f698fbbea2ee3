// What goes wrong, as the caller sees it: a refusal in Clerk's form, or a fault that tells nothing but the
// trace id under which the log has everything.

import { randomBytes } from 'node:crypto'

import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'

import { type AnyClerkRefusal, ClerkRefusal, isClerkRefusal } from '../refusal/clerk-refusal.ts'
import { renderClerkRefusal } from '../refusal/render-clerk-refusal.ts'
import { sendJson } from './send-json.ts'

/** Fastify's error handler. `beside` goes into the body of a refusal beside its `errors`. */
export function sendFailure(
  thrown: FastifyError | AnyClerkRefusal,
  request: FastifyRequest,
  reply: FastifyReply,
  beside: object = {},
): void {
  const traceId = randomBytes(16).toString('hex')
  const refusal = isClerkRefusal(thrown) ? thrown : refusalOf(thrown, request)
  if (refusal === null) {
    request.log.error({ err: thrown, traceId }, 'fault')
    const error = {
      code: 'internal_clerk_error',
      message: 'Oops, an unexpected error occurred',
      long_message: `The server failed on this request. Its log has the cause under trace id ${traceId}.`,
    }
    sendJson(reply, 500, { errors: [error], clerk_trace_id: traceId })
    return
  }
  const { status, error, retryAfter } = renderClerkRefusal(refusal)
  if (retryAfter !== undefined) reply.header('retry-after', String(retryAfter))
  request.log.info({ code: refusal.code, status, traceId }, 'refused')
  sendJson(reply, status, { errors: [error], ...beside, clerk_trace_id: traceId })
}

/** What Fastify refused before any endpoint saw it; null for a fault. */
function refusalOf(thrown: FastifyError, request: FastifyRequest): AnyClerkRefusal | null {
  const status = thrown.statusCode ?? 500
  if (status === 413) return new ClerkRefusal('request_too_large', {})
  if (status === 415) {
    return new ClerkRefusal('unsupported_content_type', { contentType: request.headers['content-type'] ?? 'none' })
  }
  return status >= 400 && status < 500 ? new ClerkRefusal('request_body_invalid', {}) : null
}
