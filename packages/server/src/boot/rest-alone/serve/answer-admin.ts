// The admin server: whether the door lives and is ready, its metrics, and what it knows of the schema.

import type { Catalog } from '../../../catalog/catalog.ts'
import type { WebRequest } from '../../../rest/web.ts'
import { dumpCatalog } from '../dump-catalog.ts'
import type { AloneMetrics } from '../observe/metrics.ts'
import type { Answered } from '../open-door.ts'

export interface AdminParts {
  /** Whether the door takes connections. */
  isLive(): boolean
  isReady(): Promise<boolean>
  /** Null before the first. */
  catalog(): Catalog | null
  readonly metrics: AloneMetrics
}

/** Answers any method alike, as PostgREST does. */
export async function answerAdmin({ path }: WebRequest, parts: AdminParts): Promise<Answered> {
  switch (path) {
    case '/live':
      return bare(parts.isLive() ? 200 : 500)
    case '/ready': {
      const isReady = await parts.isReady()
      if (!isReady) return bare(503)
      return bare(parts.isLive() ? 200 : 500)
    }
    case '/metrics':
      return {
        status: 200,
        headers: [['Content-Type', 'text/plain; charset=utf-8']],
        body: await parts.metrics.render(),
      }
    case '/schema_cache': {
      const catalog = parts.catalog()
      return { status: 200, headers: [], body: catalog === null ? '' : JSON.stringify(dumpCatalog(catalog)) }
    }
    default:
      return bare(404)
  }
}

function bare(status: number): Answered {
  return { status, headers: [], body: '' }
}
