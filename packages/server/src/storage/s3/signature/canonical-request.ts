// The text that a client signs for a request, as its signature names it.

import { encodeStrictly, parseQuery, type QueryPair } from './parse-query.ts'
import { headerOf, type ShownSignature, type SignableRequest } from './signed-request.ts'

/**
 * Every text that may have been signed for this request, the likeliest first: clients encode a path more or less strictly,
 * and a proxy may have changed the host or cut off a beginning of the path. None of them names another object.
 */
export function canonicalRequests(
  request: SignableRequest,
  shown: ShownSignature,
  ownPrefix: string,
): readonly string[] {
  const query = canonicalQuery(parseQuery(request.url))
  return canonicalPaths(request, ownPrefix).flatMap((path) =>
    canonicalHosts(request).map((host) => {
      const headers = shown.signedHeaders.map(
        (name) => `${name}:${name === 'host' ? host : collapsed(request, name)}\n`,
      )
      return [request.method, path, query, headers.join(''), shown.signedHeaders.join(';'), shown.payload].join('\n')
    }),
  )
}

function canonicalPaths(request: SignableRequest, ownPrefix: string): readonly string[] {
  const [raw = ''] = request.url.split('?', 1)
  const strict = raw.split('/').map(reencode).join('/')
  const paths = raw === strict ? [raw] : [raw, strict]
  const before = headerOf(request, 'x-forwarded-prefix')?.replace(/\/+$/, '') ?? ''
  // One that held our own prefix could make the rest of a signed key look like another bucket.
  if (before === '' || !before.startsWith('/') || before.includes(ownPrefix)) return paths
  return [...paths, ...paths.map((path) => `${before}${path}`)]
}

function reencode(segment: string): string {
  try {
    return encodeStrictly(decodeURIComponent(segment))
  } catch {
    return segment
  }
}

/** The name and its value of each pair are encoded first and sorted then; the signature itself is left out. */
function canonicalQuery(query: readonly QueryPair[]): string {
  return query
    .filter(({ name }) => name !== 'X-Amz-Signature')
    .map(({ name, value }) => [encodeStrictly(name), encodeStrictly(value)] as const)
    .toSorted((one, other) => compare(one[0], other[0]) || compare(one[1], other[1]))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
}

function compare(one: string, other: string): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}

/** A proxy in between says which host was asked, and perhaps which port. */
function canonicalHosts(request: SignableRequest): readonly string[] {
  const host = headerOf(request, 'host') ?? ''
  const forwarded = headerOf(request, 'x-forwarded-host')?.split(',', 1)[0]?.trim().toLowerCase()
  if (forwarded === undefined || forwarded === '' || forwarded === host) return [host]
  const port = headerOf(request, 'x-forwarded-port')?.split(',', 1)[0]?.trim() ?? ''
  return port === '' ? [host, forwarded] : [host, forwarded, `${forwarded.replace(/:\d+$/, '')}:${port}`]
}

function collapsed(request: SignableRequest, name: string): string {
  return (headerOf(request, name) ?? '').trim().replaceAll(/\s+/g, ' ')
}
