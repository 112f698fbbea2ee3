// Answers this stage gives by itself, before or instead of a door: JSON with a `message`, as Supabase's gateway.

import { isRefusal } from '../../refusal/refusal.ts'
import type { RefusalCode } from '../../refusal/refusal.ts'
import { routingTable } from '../routing/routing-table.ts'
import type { Route } from '../routing/routing-table.ts'

export interface Answer {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
}

/** No prefix of the routing table fits. */
export function noRoute(path: string): Answer {
  const known = routingTable.map((route) => route.prefix).join(', ')
  const hint = `${path === '/' ? 'Nothing is served here' : 'This path leads nowhere'}; the doors are ${known}.`
  return { status: 404, body: { message: 'no Route matched with those values', hint } }
}

/** The prefix is known and its door is not part of this server; `key` of the configuration switched it off. */
export function noDoor(route: Route, key: string | undefined): Answer {
  if (key !== undefined) {
    return { status: 404, body: { message: `The ${route.door} door is switched off`, hint: `${key} is false.` } }
  }
  return {
    status: 404,
    body: { message: `The ${route.door} door is not there yet`, hint: `${route.prefix} will answer once it is built.` },
  }
}

export function urlTooLong(limit: number): Answer {
  const hint = `Path and query may be ${limit} bytes; send a long query as the body of QUERY, or of POST with X-HTTP-Method-Override: GET.`
  return { status: 414, body: { message: 'The URL is too long', hint } }
}

/**
 * We broke: nothing of it is shown but the id under which the log tells the rest. Shaped so that the REST
 * client's error object is whole.
 */
export function fault(traceId: string): Answer {
  const message = 'Something broke on the server; its log says what, under this trace id.'
  return { status: 500, body: { code: 'FAULT', details: null, hint: null, message, trace_id: traceId } }
}

/** A refusal of the key checks, worded as the hosted gateway words it; null for what this stage does not refuse. */
export function keyAnswer(thrown: unknown): Answer | null {
  if (!isRefusal(thrown)) return null
  const worded = KEY_WORDINGS.get(thrown.code)
  return worded === undefined ? null : { status: 401, body: worded }
}

const KEY_WORDINGS = new Map<RefusalCode, Answer['body']>([
  [
    'token.api-key-missing',
    { message: 'No API key found in request', hint: 'No `apikey` request header or url param was found.' },
  ],
  [
    'token.api-key-unknown',
    { message: 'Invalid API key', hint: 'Double check your Supabase `anon` or `service_role` API key.' },
  ],
  [
    'token.secret-key-in-browser',
    {
      message: 'Forbidden use of secret API key in browser',
      hint: 'Secret API keys can only be used in a protected environment and should never be used in a browser.',
    },
  ],
  [
    'token.secret-key-required',
    { message: 'A secret key is required here', hint: 'Send a secret key of the project as the apikey header.' },
  ],
])
