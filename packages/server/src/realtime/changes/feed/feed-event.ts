// What happens to the feed, as facts for the log, and how it fares, as numbers for the metrics.

import type { FeedState } from '../change.ts'

export type FeedEvent =
  | { readonly kind: 'feed-state-changed'; readonly state: FeedState }
  | { readonly kind: 'slot-created'; readonly slot: string }
  /** Changes may have been lost for good. */
  | { readonly kind: 'slot-lost'; readonly slot: string; readonly reason: string }
  /** Postgres keeps more of its log for the slot than half of what may be kept. Bytes. */
  | { readonly kind: 'wal-held'; readonly slot: string; readonly held: number; readonly limit: number }
  /** Nothing bounds what Postgres keeps while nobody reads the slot. */
  | { readonly kind: 'wal-unbounded'; readonly slot: string; readonly remedy: string }
  | { readonly kind: 'listener-failed'; readonly error: unknown }

export interface FeedFigures {
  /** WAL that Postgres keeps for the slot, as of the last look. Bytes. */
  readonly walHeld: number
  /** Changes handed to the listeners since the start. */
  readonly changes: number
  /** Times the slot was lost since the start. */
  readonly losses: number
}
