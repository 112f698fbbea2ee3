// Committed changes as they come out of the WAL. Cells are text, as Postgres prints them.

/** A log sequence number. */
export type Lsn = bigint

/** A table as the stream describes it. */
export interface Relation {
  readonly oid: number
  readonly schema: string
  readonly table: string
  readonly replicaIdentity: 'default' | 'nothing' | 'full' | 'index'
  readonly columns: readonly RelationColumn[]
}

export interface RelationColumn {
  readonly name: string
  readonly typeOid: number
  /** Part of the replica identity. */
  readonly isKey: boolean
}

/**
 * One value: text, NULL, or `undefined` where it is left out: by the stream (an unchanged TOAST value, not of the key), or by
 * us as larger than a text can be.
 */
export type Cell = string | null | undefined

export interface Change {
  readonly kind: 'INSERT' | 'UPDATE' | 'DELETE'
  readonly relation: Relation
  /** By the relation's columns; null for DELETE. */
  readonly record: readonly Cell[] | null
  /** What the replica identity carries of the old row; null where there is none (INSERT, an UPDATE that left the key as it was). */
  readonly oldRecord: readonly Cell[] | null
  /** Place within its transaction, from 0. */
  readonly index: number
}

/** A piece of one transaction, in order. Large transactions come in several. */
export interface ChangeChunk {
  readonly kind: 'change-chunk'
  /** The transaction's commit: chunks of one transaction share it, and it grows from one transaction to the next. */
  readonly lsn: Lsn
  /** Unix milliseconds. */
  readonly committedAt: number
  /** The low 32 bits of the transaction's number. */
  readonly xid: number
  readonly changes: readonly Change[]
  /** The schema, a policy or a grant changed within this transaction: what was read before holds no longer. */
  readonly schemaChanged: boolean
}

/** How the feed fares. */
export type FeedState =
  | { readonly kind: 'starting' }
  /** Nobody has asked for changes yet, so Postgres keeps nothing for us; `live` changes that. */
  | { readonly kind: 'idle' }
  /** Changes arrive, by this process's own slot or by another's. */
  | { readonly kind: 'live'; readonly by: 'own-slot' | 'peer' }
  /** For now: Postgres or the peer that reads is away. */
  | { readonly kind: 'waiting'; readonly reason: string }
  /** Until somebody changes something: a sentence, and the SQL that would. */
  | { readonly kind: 'unavailable'; readonly reason: string; readonly grant: string | null }

/** Every committed change of the published tables, in commit order, each at least once and none twice to one listener. */
export interface ChangeFeed {
  state(): FeedState
  /** Resolves once changes arrive: what is committed from then on reaches the listeners. Rejects with `realtime.feed-unavailable`. */
  live(): Promise<void>
  /** Hears each chunk; the next one, and the slot's confirmation, wait for the promise. Returns how to stop. */
  listen(hear: (chunk: ChangeChunk) => Promise<void> | void): () => void
  /** Told whenever changes may have been lost for good (the slot was lost): subscribers must be told. Returns how to stop. */
  onLoss(hear: (reason: string) => void): () => void
  close(): Promise<void>
}
