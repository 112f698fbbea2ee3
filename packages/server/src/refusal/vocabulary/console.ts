// Refusals of the SQL console.

import type { NoDetail } from './no-detail.ts'

export interface ConsoleRefusals {
  /** The SQL cannot be split into statements: a quote without an end, or a command of psql. */
  'platform.query-unreadable': { readonly line: number; readonly problem: string }
  /** A statement that ends or forbids transactions, where one is needed: to hold an identity, or to undo an analysis. */
  'platform.query-needs-transaction': { readonly line: number; readonly statement: string; readonly reason: string }
  /** Nothing runs under this id. */
  'platform.query-not-running': NoDetail
  /** As many queries run as may at a time. */
  'platform.queries-too-many': { readonly most: number }
  /** The connection ended while statement number `statement`, counting from 1, was under way. */
  'platform.query-lost': { readonly statement: number; readonly kept: boolean; readonly reason: string }
  'platform.snippet-not-found': { readonly name: string }
  /** The file is not what the caller read: it was changed, removed or made meanwhile. */
  'platform.snippet-changed': { readonly name: string; readonly now: 'changed' | 'removed' | 'made' }
}
