// Refusals of the endpoints about the rows of a table.

import type { NoDetail } from './no-detail.ts'

export interface RowRefusals {
  /** The first line of a file does not say which field goes into which column. */
  'platform.csv-header': { readonly reason: string }
  /** A line of a file that Postgres does not take; nothing of the file was. */
  'platform.csv-refused': {
    readonly line: number | null
    readonly column: string | null
    readonly message: string
    readonly detail: string | null
  }
  'platform.column-unknown': { readonly schema: string; readonly name: string; readonly column: string }
  /** Postgres does not take a value; its own words, and the column the value was meant for. */
  'platform.value-refused': {
    readonly column: string
    readonly sqlstate: string
    readonly message: string
    readonly detail: string | null
    readonly hint: string | null
  }
  /** Another change came between reading a row and changing it. `row` is the row as it is now. */
  'platform.row-changed': { readonly columns: readonly string[]; readonly row: object }
  /** No row has this name any more, or none for this role. */
  'platform.row-gone': NoDetail
  /** The row is seen and is as it was, and still the change did not reach it. */
  'platform.row-protected': { readonly command: 'UPDATE'; readonly role: string }
  /** Rows of views, foreign tables and partitioned tables without a key have no name to change them by. */
  'platform.rows-unnamed': { readonly schema: string; readonly name: string; readonly kind: string }
}
