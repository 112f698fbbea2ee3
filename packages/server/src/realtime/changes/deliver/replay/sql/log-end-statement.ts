// Where the log ends now.

import { sql } from '../../../../../database/sql.ts'
import type { Statement } from '../../../../../database/statement.ts'

/** Whatever commits from then on has a place at or behind it. */
export const logEndStatement: Statement = {
  kind: 'statement',
  text: sql`
    select case when pg_catalog.pg_is_in_recovery() then pg_catalog.pg_last_wal_replay_lsn()
                else pg_catalog.pg_current_wal_insert_lsn() end::text`,
  values: [],
}
