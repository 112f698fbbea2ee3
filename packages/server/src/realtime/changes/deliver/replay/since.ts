// From where on a subscription wants what was committed before it was there.

import type { ChangeChunk, Lsn } from '../../change.ts'

export type Since =
  /** Unix milliseconds, as in `commit_timestamp`. */
  | { readonly kind: 'time'; readonly at: number }
  /** A place in the WAL, as `pg_current_wal_insert_lsn()` says it. */
  | { readonly kind: 'lsn'; readonly at: Lsn }

const LSN = /^([0-9A-F]{1,8})\/([0-9A-F]{1,8})$/i

/** A timestamp, its milliseconds as a number, or `16/B374D848`; null for anything else. */
export function parseSince(value: unknown): Since | null {
  if (typeof value === 'number') return Number.isFinite(value) ? { kind: 'time', at: value } : null
  if (typeof value !== 'string') return null
  const [, high, low] = LSN.exec(value) ?? []
  if (high !== undefined && low !== undefined) {
    return { kind: 'lsn', at: (BigInt(`0x${high}`) << 32n) + BigInt(`0x${low}`) }
  }
  const at = Date.parse(value)
  return Number.isNaN(at) ? null : { kind: 'time', at }
}

/**
 * Whether what was committed then belongs to the replay. The named moment itself does: a client that saw one of its changes
 * need not have seen all.
 */
export function isSince(since: Since, { lsn, committedAt }: Pick<ChangeChunk, 'lsn' | 'committedAt'>): boolean {
  return since.kind === 'time' ? committedAt >= since.at : lsn >= since.at
}
