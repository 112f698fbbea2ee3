// The statements of a trial: somebody's eyes, and how much they see.

import { sql } from '../../../../database/sql.ts'
import type { TableName } from '../policy.ts'
import { tableSql } from './policy-ddl.ts'
import type { Sql } from '../../../../database/sql.ts'

/** Locks wait briefly, and no statement of a trial keeps the table's other readers waiting for long. */
export const trialLimitsSql = sql`set local lock_timeout = '2s'; set local statement_timeout = '1s'`

/** How many rows of the table the present role sees, counted to `$1` at most. */
export function countVisibleSql(table: TableName): Sql {
  return sql`select count(*)::int as rows from (select from ${tableSql(table)} limit $1) as seen`
}

/** Where a trial, and each view within it, goes back to. */
export const savepointSql = {
  trial: sql`savepoint trial`,
  undoTrial: sql`rollback to savepoint trial`,
  view: sql`savepoint view`,
  undoView: sql`rollback to savepoint view`,
}
