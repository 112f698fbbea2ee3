// Cross-origin requests to the stand-alone door, as PostgREST answers them (https://fetch.spec.whatwg.org/#http-cors-protocol).

import type { WebRequest, WebResponse } from '../../../rest/web.ts'

type Header = readonly [name: string, value: string]

const exposed =
  'Content-Encoding, Content-Location, Content-Range, Content-Type, Date, Location, Server, Transfer-Encoding, Range-Unit'

/** The answer to a preflight, or null for any other request and for origins that may not call. */
export function answerPreflight(
  { method, headers }: WebRequest,
  allowedOrigins: readonly string[] | null,
): WebResponse | null {
  const { origin } = headers
  if (method !== 'OPTIONS' || origin === undefined) return null
  if (headers['access-control-request-method'] === undefined || !isAllowed(origin, allowedOrigins)) return null
  const requested = (headers['access-control-request-headers'] ?? '').split(',').map((name) => name.trim())
  const names = ['Authorization', ...requested, 'Accept', 'Accept-Language', 'Content-Language']
  return {
    status: 200,
    headers: [
      ...originHeaders(origin, allowedOrigins),
      ['Access-Control-Allow-Methods', 'GET, POST, PATCH, PUT, DELETE, OPTIONS, HEAD'],
      ['Access-Control-Allow-Headers', names.filter((name) => name !== '').join(', ')],
      ['Access-Control-Max-Age', '86400'],
    ],
    body: '',
  }
}

/** Headers of an ordinary response; none without an Origin or for one that may not call. */
export function corsHeaders({ headers }: WebRequest, allowedOrigins: readonly string[] | null): readonly Header[] {
  const { origin } = headers
  if (origin === undefined || !isAllowed(origin, allowedOrigins)) return []
  return [...originHeaders(origin, allowedOrigins), ['Access-Control-Expose-Headers', exposed]]
}

function isAllowed(origin: string, allowedOrigins: readonly string[] | null): boolean {
  return allowedOrigins === null || allowedOrigins.includes(origin)
}

function originHeaders(origin: string, allowedOrigins: readonly string[] | null): readonly Header[] {
  if (allowedOrigins === null) return [['Access-Control-Allow-Origin', '*']]
  return [
    ['Access-Control-Allow-Origin', origin],
    ['Access-Control-Allow-Credentials', 'true'],
  ]
}
