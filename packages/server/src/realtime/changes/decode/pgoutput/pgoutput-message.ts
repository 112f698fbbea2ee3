// What the output plugin `pgoutput` says (PostgreSQL manual, "Logical Replication Message Formats", protocol version 1
// with logical messages). Plain data.

import type { Cell, Lsn, Relation } from '../../change.ts'

/** An old row: its key alone, or all of it. The cells of a key that are not part of it mean nothing. */
export interface OldTuple {
  readonly carries: 'key' | 'full'
  readonly cells: readonly Cell[]
}

export type PgoutputMessage =
  | { readonly kind: 'begin'; readonly commitLsn: Lsn; readonly committedAt: number; readonly xid: number }
  | { readonly kind: 'commit'; readonly commitLsn: Lsn; readonly endLsn: Lsn; readonly committedAt: number }
  | { readonly kind: 'relation'; readonly relation: Relation }
  | { readonly kind: 'type'; readonly oid: number; readonly schema: string; readonly name: string }
  | { readonly kind: 'insert'; readonly relation: number; readonly record: readonly Cell[] }
  | {
      readonly kind: 'update'
      readonly relation: number
      readonly old: OldTuple | null
      readonly record: readonly Cell[]
    }
  | { readonly kind: 'delete'; readonly relation: number; readonly old: OldTuple }
  | { readonly kind: 'truncate'; readonly relations: readonly number[]; readonly flags: number }
  | { readonly kind: 'origin'; readonly lsn: Lsn; readonly name: string }
  /** Of `pg_logical_emit_message`. One that is not transactional stands between transactions. */
  | {
      readonly kind: 'message'
      readonly isTransactional: boolean
      readonly lsn: Lsn
      readonly prefix: string
      readonly content: Buffer
    }
