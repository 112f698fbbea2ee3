// One attempt: the event's JSON, signed as Svix signs, posted to the endpoint.

import { Webhook } from 'svix'

import type { Attempt } from '../../state/outbox/webhook-attempts.ts'

export interface Attempted {
  readonly url: string
  readonly secret: string
  /** The event's id, which stays the same at each attempt: receivers tell repetitions by it. */
  readonly eventId: string
  readonly body: string
  /** Milliseconds. */
  readonly patience: number
  /** Ends the attempt early. */
  readonly signal: AbortSignal
}

const excerptBytes = 1024

/** Posts once. Any 2xx is an acknowledgement; redirects are not followed. Null where `signal` ended the attempt. */
export async function attemptDelivery(attempted: Attempted): Promise<Attempt | null> {
  const started = performance.now()
  const took = (): number => Math.round(performance.now() - started)
  try {
    const answer = await post(attempted)
    const responseExcerpt = await excerptOf(answer)
    const outcome = answer.ok ? 'delivered' : 'refused'
    return { outcome, responseStatus: answer.status, responseExcerpt, durationMs: took() }
  } catch (error) {
    if (attempted.signal.aborted) return null
    return { outcome: 'unreachable', responseStatus: null, responseExcerpt: reasonOf(error), durationMs: took() }
  }
}

async function post({ url, secret, eventId, body, patience, signal }: Attempted): Promise<Response> {
  const now = new Date()
  return await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Tenon-Webhooks/1.0',
      'svix-id': eventId,
      'svix-timestamp': String(Math.floor(now.getTime() / 1000)),
      'svix-signature': new Webhook(secret).sign(eventId, now, body),
    },
    body,
    redirect: 'manual',
    signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]),
  })
}

/** The first kibibyte, as text that Postgres can hold; the rest is not waited for. */
async function excerptOf(answer: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of answer.body ?? []) {
    chunks.push(chunk)
    length += chunk.length
    if (length >= excerptBytes) break
  }
  return Buffer.concat(chunks).subarray(0, excerptBytes).toString('utf8').replaceAll('\0', '')
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { cause } = error
  return cause instanceof Error ? `${error.message}: ${cause.message}` : error.message
}
