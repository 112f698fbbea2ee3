// What `POST /query` answers.

import type { Notice } from './console-connection.ts'
import type { TextPosition } from './text-position.ts'

export interface RunAnswer {
  /**
   * What became of it: `committed`; `rolled-back`, nothing was kept; `as-written`, the text commits by itself or each
   * statement stands for itself, up to the one that failed.
   */
  readonly outcome: 'committed' | 'rolled-back' | 'as-written'
  /** The text began a transaction and did not end it: it was rolled back. */
  readonly leftOpen: boolean
  readonly results: readonly StatementResult[]
  readonly error: StatementError | null
  readonly milliseconds: number
}

export interface StatementResult {
  /** Its number in the text, from 1. */
  readonly statement: number
  readonly line: number
  readonly text: string
  /** Postgres' command tag, such as `INSERT 0 1`; null where reading stopped at the limit. */
  readonly tag: string | null
  readonly columns: readonly { readonly name: string; readonly type: string }[]
  readonly rows: readonly (readonly (string | null)[])[]
  readonly more: boolean
  /** EXPLAIN's JSON, where that was asked. */
  readonly plan: unknown
  readonly notices: readonly Notice[]
  readonly milliseconds: number
}

export interface StatementError {
  /** Null where the commit failed. */
  readonly statement: number | null
  readonly sqlstate: string
  readonly message: string
  readonly detail: string | null
  readonly hint: string | null
  /** In the text that was sent, where Postgres names a place. */
  readonly position: TextPosition | null
  /** The functions it happened in. */
  readonly context: string | null
  readonly notices: readonly Notice[]
  readonly cancelled: boolean
}
