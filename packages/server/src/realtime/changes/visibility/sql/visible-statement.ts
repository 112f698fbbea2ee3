// Asks whether others see what a transaction wrote.

import { sql } from '../../../../database/sql.ts'
import type { Statement } from '../../../../database/statement.ts'

/**
 * One row, `t` or `f`. The stream knows the low 32 bits of a transaction's number; the high ones are those that bring it
 * nearest to the newest transaction there is.
 */
export function visibleStatement(xid: number): Statement {
  return {
    kind: 'statement',
    text: sql`
      select pg_visible_in_snapshot(
        (newest - newest % 4294967296 + $1::bigint
          + case
              when $1::bigint - newest % 4294967296 > 2147483648 then -4294967296
              when $1::bigint - newest % 4294967296 < -2147483648 then 4294967296
              else 0
            end)::text::xid8,
        snapshot)
      from (
        select snapshot, pg_snapshot_xmax(snapshot)::text::bigint as newest
        from (select pg_current_snapshot() as snapshot) as now
      ) as known`,
    values: [String(xid)],
  }
}
