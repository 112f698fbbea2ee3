// JSON answers. The SDKs read a body as JSON only when the content type is exactly `application/json`, so
// the text is sent as bytes, to which Fastify adds no charset.

import type { FastifyReply } from 'fastify'

/** Sends a value as JSON. */
export function sendJson(reply: FastifyReply, status: number, value: unknown): FastifyReply {
  return reply
    .code(status)
    .header('content-type', 'application/json')
    .send(Buffer.from(JSON.stringify(value)))
}
