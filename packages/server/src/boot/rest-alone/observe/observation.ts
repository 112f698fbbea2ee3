// What happens to the stand-alone door, as facts; the log and the metrics each make of them what they need.

import type { Catalog } from '../../../catalog/catalog.ts'

/** Times in milliseconds, `said` a refusal's JSON body as a client would get it. */
export type Observation =
  | { readonly kind: 'starting'; readonly version: string }
  | { readonly kind: 'listening'; readonly server: 'API' | 'Admin'; readonly address: string }
  | { readonly kind: 'database-connected'; readonly version: string; readonly poolSize: number }
  | { readonly kind: 'catalog-loaded'; readonly catalog: Catalog; readonly took: number }
  | {
      readonly kind: 'catalog-failed'
      readonly schemas: readonly string[]
      readonly extraSearchPath: readonly string[]
      readonly said: string
      readonly retryIn: number | null
    }
  | { readonly kind: 'catalog-empty'; readonly said: string }
  | {
      readonly kind: 'channel-heard'
      readonly channel: string
      readonly address: string
      readonly version: string
    }
  | { readonly kind: 'channel-lost'; readonly channel: string; readonly reason: string; readonly retryIn: number }
  | { readonly kind: 'reload-notified'; readonly channel: string; readonly what: 'config' | 'schema cache' }
  | { readonly kind: 'config-reloaded' }
  | { readonly kind: 'config-refused'; readonly reason: string }
  | { readonly kind: 'config-unread'; readonly said: string }
  | { readonly kind: 'config-warned'; readonly sentence: string }
  | { readonly kind: 'role-key-deprecated'; readonly written: string }
  | { readonly kind: 'legacy-names'; readonly warning: string; readonly advice: string; readonly request: string }
  | { readonly kind: 'signal'; readonly name: string }
  | { readonly kind: 'ending'; readonly reason: string }
  | { readonly kind: 'query-failed'; readonly said: string }
  | { readonly kind: 'queries'; readonly texts: readonly string[]; readonly status: number }
  | { readonly kind: 'connection-asked' }
  | { readonly kind: 'connection-given' }
  | { readonly kind: 'connection-timed-out'; readonly said: string }
  | { readonly kind: 'connections-renewed' }
  | { readonly kind: 'token-looked-up'; readonly hit: boolean }
  | { readonly kind: 'token-evicted' }
  | { readonly kind: 'fault'; readonly traceId: string; readonly cause: unknown }
  | { readonly kind: 'not-closed'; readonly part: string; readonly cause: unknown }

export type Observe = (observation: Observation) => void

/** How much the catalog holds, as PostgREST counts it. */
export function summaryOf(catalog: Catalog): string {
  const { relations, relationships, routines, representations, mediaHandlers } = catalog
  const counts = [
    [sizeOf(relations), 'Relations'],
    [sizeOf(relationships), 'Relationships'],
    [sizeOf(routines), 'RPCs'],
    [representations.length, 'Domain Representations'],
    [mediaHandlers.length, 'Media Type Handlers'],
  ]
  return counts.map(([count, name]) => `${count} ${name}`).join(', ')
}

function sizeOf(schemas: ReadonlyMap<string, ReadonlyMap<string, unknown>>): number {
  return [...schemas.values()].reduce((sum, { size }) => sum + size, 0)
}
