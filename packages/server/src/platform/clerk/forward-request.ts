// Hands a request on to an instance's Backend API and its answer back, both as they stream: an image is a body too.
// Meets the identity provider over HTTP, as everybody does.

import { type IncomingMessage, request } from 'node:http'
import { finished } from 'node:stream/promises'

import type { FastifyReply, FastifyRequest } from 'fastify'

import { Refusal } from '../../refusal/refusal.ts'
import { backendPath } from './backend-path.ts'
import type { ClerkInstance } from './clerk-instance.ts'

/** What of a request concerns Clerk; cookies, keys and origins are between the page and us. */
const ASKED = ['accept', 'content-type', 'content-length', 'clerk-api-version', 'x-request-id'] as const
/** What of the answer concerns the page. A redirect is told by its status, and followed by nobody. */
const ANSWERED = ['content-type', 'content-length', 'retry-after', 'clerk-trace-id', 'x-request-id'] as const

/**
 * The Backend API's own answer, status and errors included. Refuses `platform.clerk-path`, and
 * `platform.clerk-unreachable` where it does not answer.
 */
export async function forwardRequest(
  { raw, id, log }: FastifyRequest,
  reply: FastifyReply,
  { backendApiUrl, secretKey }: ClerkInstance,
): Promise<FastifyReply> {
  const target = `${backendApiUrl}/v1/${backendPath(raw.url ?? '')}`
  const headers = { ...chosen(raw, ASKED), ...framing(raw), 'x-request-id': id, authorization: `Bearer ${secretKey}` }
  const leaving = new AbortController()
  reply.raw.once('close', () => leaving.abort())
  const answer = await askFor(target, { method: raw.method ?? 'GET', headers, signal: leaving.signal }, raw)
  finished(answer).catch((err: unknown) => log.debug({ err }, 'an answer of the Backend API ended early'))
  return reply
    .code(answer.statusCode ?? 502)
    .headers(chosen(answer, ANSWERED))
    .send(answer)
}

/** A GET or DELETE with a body of no told length would be sent without its end: what it holds were another request. */
function framing({ headers }: IncomingMessage): Record<string, string> {
  return headers['transfer-encoding'] === undefined ? {} : { 'transfer-encoding': 'chunked' }
}

interface Asked {
  readonly method: string
  readonly headers: Readonly<Record<string, string | string[]>>
  readonly signal: AbortSignal
}

function askFor(target: string, asked: Asked, body: IncomingMessage): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const sent = request(target, { ...asked })
    sent.once('response', resolve)
    sent.once('error', (error) => {
      reject(new Refusal('platform.clerk-unreachable', { reason: error.message }, { cause: error }))
    })
    body.pipe(sent)
  })
}

function chosen(message: IncomingMessage, names: readonly string[]): Record<string, string | string[]> {
  const all = message.headers
  return Object.fromEntries(names.flatMap((name) => (all[name] === undefined ? [] : [[name, all[name]]])))
}
