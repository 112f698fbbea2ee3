// Reads that were asked before: an application asks for few different ones, and what the pure stages make of
// them is the same as long as the catalog is. What differs from caller to caller is put in anew each time.

import type { Catalog } from '../catalog/catalog.ts'
import type { Plan } from './plan/plan.ts'
import type { ApiRequest } from './request/api-request.ts'
import { parseCookies, readableHeaders } from './request/headers.ts'
import type { WebRequest } from './web.ts'

/** What the request and plan stages made of a request. */
export interface PreparedRequest {
  readonly request: ApiRequest
  readonly plan: Plan
  /** The one the plan was made with. */
  readonly catalog: Catalog
}

export interface RememberedReads {
  /** The same read as it was prepared with this catalog, with this request's own headers; else undefined. */
  recall(web: WebRequest, catalog: Catalog): PreparedRequest | undefined
  /** Keeps a prepared GET or HEAD of a relation; anything else is left alone. */
  remember(web: WebRequest, prepared: PreparedRequest): void
}

/** Headers that the request stage makes something of; a read with another value is another read. */
const DECIDING = ['accept', 'accept-profile', 'prefer', 'range', 'content-type', 'x-http-method-override'] as const

const CAPACITY = 1000
/** Longer ones are prepared each time, so that the memory stays bounded. Characters. */
const LONGEST = 2048

/** Remembers up to a thousand reads; when full, the one kept longest goes. For the life of one configuration. */
export function createRememberedReads(): RememberedReads {
  const reads = new Map<string, PreparedRequest>()
  return {
    recall(web, catalog) {
      if (web.method !== 'GET' && web.method !== 'HEAD') return undefined
      const known = reads.get(keyOf(web))
      if (known === undefined || known.catalog !== catalog) return undefined
      const { cookie, ...headers } = readableHeaders(web.headers)
      return { ...known, request: { ...known.request, headers, cookies: parseCookies(cookie) } }
    },
    remember(web, prepared) {
      if (prepared.plan.kind !== 'read' || (web.method !== 'GET' && web.method !== 'HEAD')) return
      const key = keyOf(web)
      if (key.length > LONGEST) return
      if (reads.size >= CAPACITY) reads.delete(reads.keys().next().value ?? '')
      reads.set(key, prepared)
    },
  }
}

/** Header values hold no line breaks, so that no two reads share a key. */
function keyOf({ method, path, query, headers }: WebRequest): string {
  let key = `${method} ${path}?${query}`
  for (const name of DECIDING) key += `\n${headers[name] ?? ''}`
  return key
}
