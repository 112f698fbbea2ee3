// What a mirror is told: that a resource of Clerk's is now so, or is gone, as of a moment at its source.

export type MirroredKind = 'user' | 'organization' | 'membership'

interface Told {
  readonly of: MirroredKind
  readonly id: string
  readonly source: Source
}

/**
 * When the source was so. Of two states the one with the later `time` is true; in the same millisecond a change comes
 * after a creation, and what is still equal is settled by the event's id, alike in every order. A deletion is final
 * whatever the time, because Clerk gives no id twice.
 */
export interface Source {
  /** Unix milliseconds, by Clerk's clock. */
  readonly time: number
  readonly rank: 0 | 1
  /** The event's id; empty for what was read and not told. */
  readonly event: string
}

/** The resource is so: its row, with the mirror's column names. */
export interface Written extends Told {
  readonly kind: 'written'
  readonly row: Readonly<Record<string, unknown>>
}

/** The resource is gone. */
export interface Removed extends Told {
  readonly kind: 'removed'
}

export type Change = Written | Removed
