// Refusals that Postgres itself makes, and those of reaching it.

import type { NoDetail } from './no-detail.ts'

export interface PostgresRefusals {
  /** Postgres refused the statement: its own SQLSTATE, message, detail and hint, unchanged. */
  'postgres.error': {
    readonly sqlstate: string
    readonly message: string
    readonly detail: string | null
    readonly hint: string | null
    /** The role the statement ran as; the anonymous role turns 42501 into a 401. */
    readonly role: string | null
  }
  /** No connection could be made. */
  'postgres.unreachable': { readonly reason: string }
  /** A connection was lost while a statement was under way. */
  'postgres.connection-lost': { readonly reason: string }
  /** No connection became free in time. Milliseconds. */
  'postgres.pool-timeout': { readonly waited: number }
  /** SQL set `response.headers` to something other than a JSON list of one-key objects with text values. */
  'postgres.response-headers-invalid': NoDetail
  /** SQL set `response.status` to something that is no status code. */
  'postgres.response-status-invalid': NoDetail
}
