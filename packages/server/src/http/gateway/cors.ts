// Cross-origin rules (Fetch Standard, "HTTP CORS protocol"): any origin by default, as Supabase's gateway has it,
// because what protects the data is the token and not the page.

import type { IncomingHttpHeaders } from 'node:http'

export interface CorsPolicy {
  /** `*`, or the origins that may read answers; those may send cookies too. */
  readonly origins: '*' | readonly string[]
}

export const anyOrigin: CorsPolicy = { origins: '*' }

const METHODS = 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS, QUERY'
const USUAL_HEADERS =
  'authorization, x-client-info, apikey, content-type, accept, accept-profile, content-profile, prefer, range, ' +
  'range-unit, x-retry-count, x-supabase-api-version, x-upsert, x-metadata, x-region, ' +
  'x-http-method-override'
const EXPOSED = [
  'accept-ranges',
  'content-disposition',
  'content-encoding',
  'content-length',
  'content-location',
  'content-profile',
  'content-range',
  'content-type',
  'date',
  'etag',
  'location',
  'preference-applied',
  'range-unit',
  'retry-after',
  'server-timing',
  'x-relay-error',
  'x-request-id',
  'x-supabase-api-version',
  'x-tenon-hint',
  'x-tenon-refusal',
  'sb-request-id',
  'sb-gateway-version',
  'upload-offset',
  'upload-length',
  'upload-metadata',
  'upload-expires',
  'tus-resumable',
  'tus-version',
  'tus-extension',
  'tus-max-size',
].join(', ')
const MAX_AGE_SECONDS = '3600'

/** Whether a browser asks for permission before the request proper. */
export function isPreflight(method: string | undefined, headers: IncomingHttpHeaders): boolean {
  return method === 'OPTIONS' && headers.origin !== undefined && headers['access-control-request-method'] !== undefined
}

/** Appends the names and values every answer to a cross-origin request carries, in turn. */
export function appendCorsHeaders(answer: string[], headers: IncomingHttpHeaders, policy: CorsPolicy): void {
  const { origin } = headers
  if (origin === undefined) return
  if (policy.origins === '*') answer.push('access-control-allow-origin', '*', 'access-control-expose-headers', EXPOSED)
  else if (policy.origins.includes(origin)) {
    answer.push('access-control-allow-origin', origin, 'access-control-allow-credentials', 'true')
    answer.push('access-control-expose-headers', EXPOSED, 'vary', 'Origin')
  } else answer.push('vary', 'Origin')
}

/** Appends what a preflight asks for, reflecting the headers it names. */
export function appendPreflightHeaders(answer: string[], headers: IncomingHttpHeaders): void {
  answer.push('access-control-allow-methods', METHODS)
  answer.push('access-control-allow-headers', headers['access-control-request-headers'] ?? USUAL_HEADERS)
  answer.push('access-control-max-age', MAX_AGE_SECONDS)
  if (headers['access-control-request-private-network'] === 'true') {
    answer.push('access-control-allow-private-network', 'true')
  }
}
