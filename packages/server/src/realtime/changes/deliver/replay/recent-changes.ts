// The latest changes of every published table, for those who were away: bounded in seconds and in bytes.

import type { ChangeChunk, Lsn } from '../../change.ts'
import { sizeOf } from '../payload/old-row.ts'
import { isSince, type Since } from './since.ts'

/** A piece of a transaction as it is kept. */
export type KeptChunk = Pick<ChangeChunk, 'lsn' | 'committedAt' | 'xid' | 'changes'>

export interface RecentChanges {
  keep(chunk: KeptChunk): void
  /** What is kept from there on, in commit order, and whether it is all there was. */
  since(since: Since): { readonly chunks: readonly KeptChunk[]; readonly isComplete: boolean }
  /** It is known from where in the log on everything is kept. */
  readonly isPlaced: boolean
  /** Everything that commits at this place or behind it is heard. Means nothing once that is known. */
  beginAt(place: Lsn): void
  /** Changes may have been lost: nothing from before this moment is vouched for. */
  restart(): void
}

export interface RecentBounds {
  readonly seconds: number
  readonly bytes: number
}

/** What an object and its cells take beside their text, roughly. */
const OVERHEAD = 200
/** Pieces that are let go before the list is written anew. */
const SLACK = 1024

/** `now` in Unix milliseconds. */
export function createRecentChanges(bounds: RecentBounds, now: () => number): RecentChanges {
  let kept: { readonly chunk: KeptChunk; readonly bytes: number }[] = []
  let first = 0
  let bytes = 0
  // What came after these is all here. No place in the log is known before the first piece has come, or somebody says it.
  let horizon: { readonly committedAt: number; readonly lsn: Lsn | null } = { committedAt: now(), lsn: null }

  const dropOldest = (): void => {
    const oldest = kept[first]
    if (oldest === undefined) return
    const { committedAt, lsn } = oldest.chunk
    bytes -= oldest.bytes
    horizon = { committedAt: Math.max(horizon.committedAt, committedAt), lsn }
    first += 1
    if (first < SLACK || first * 2 < kept.length) return
    kept = kept.slice(first)
    first = 0
  }

  return {
    keep({ lsn, committedAt, xid, changes }) {
      const size = changes.reduce((sum, change) => sum + sizeOf(change) + OVERHEAD, OVERHEAD)
      kept.push({ chunk: { lsn, committedAt, xid, changes }, bytes: size })
      bytes += size
      horizon = { ...horizon, lsn: horizon.lsn ?? lsn }
      const oldest = now() - bounds.seconds * 1000
      while (first < kept.length && (bytes > bounds.bytes || isBefore(kept[first]?.chunk, oldest))) dropOldest()
    },
    since(since) {
      const at = kept.findIndex(({ chunk }, place) => place >= first && isSince(since, chunk))
      const isComplete =
        since.kind === 'time' ? since.at > horizon.committedAt : horizon.lsn !== null && since.at > horizon.lsn
      return { chunks: at === -1 ? [] : kept.slice(at).map(({ chunk }) => chunk), isComplete }
    },
    get isPlaced() {
      return horizon.lsn !== null
    },
    beginAt(place) {
      horizon = { ...horizon, lsn: horizon.lsn ?? place - 1n }
    },
    restart() {
      kept = []
      first = 0
      bytes = 0
      horizon = { committedAt: now(), lsn: null }
    },
  }
}

function isBefore(chunk: KeptChunk | undefined, moment: number): boolean {
  return chunk !== undefined && chunk.committedAt < moment
}
