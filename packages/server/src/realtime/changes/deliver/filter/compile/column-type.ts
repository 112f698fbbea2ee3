// What decides how a column compares.

import type { Sql } from '../../../../../database/sql.ts'

export interface ColumnType {
  readonly column: string
  readonly typeOid: number
  /** The type as a cast names it, and the column's own collation where it has one. */
  readonly type: Sql
  readonly collate: Sql
  /** Equal texts are the same texts; not so under a collation that, say, ignores case. */
  readonly isDeterministic: boolean
}
