// The commands around statements that need an explicit transaction.

import { sql } from '../../sql.ts'
import type { Sql } from '../../sql.ts'
import type { Transaction } from '../../statement.ts'

export const COMMIT = sql`commit`
export const ROLLBACK = sql`rollback`
/** Makes deferred constraints speak before a rollback that would otherwise never ask them. */
export const CHECK_CONSTRAINTS = sql`set constraints all immediate`

/** The command that opens a transaction at an isolation level, READ COMMITTED where none is named. */
export function begin(isolation: Transaction['isolation']): Sql {
  switch (isolation) {
    case 'serializable':
      return sql`begin isolation level serializable`
    case 'repeatable read':
      return sql`begin isolation level repeatable read`
    case undefined:
      return sql`begin isolation level read committed`
  }
}
