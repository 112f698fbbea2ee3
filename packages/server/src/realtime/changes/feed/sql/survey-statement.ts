// Asks how logical replication stands, with what every role may read.

import { sql } from '../../../../database/sql.ts'
import type { Statement } from '../../../../database/statement.ts'

/** One row. The slot is named after the database, because slots belong to a whole cluster. */
export function surveyStatement(slotPrefix: string, publications: readonly string[]): Statement {
  return {
    kind: 'statement',
    text: sql`
      select here.slot,
        current_setting('wal_level') as wal_level,
        (select setting from pg_settings where name = 'max_slot_wal_keep_size') as keep_megabytes,
        here.position::text as position,
        (select json_agg(pubname order by pubname) from pg_publication where pubname = any ($2::text[])) as publications,
        found.slot_name is not null as exists,
        found.active_pid,
        found.wal_status,
        pg_wal_lsn_diff(here.position, found.restart_lsn) as held,
        found.confirmed_flush_lsn::text as confirmed
      from (
        select $1 || '_' || oid as slot,
          case when pg_is_in_recovery() then pg_last_wal_replay_lsn() else pg_current_wal_lsn() end as position
        from pg_database where datname = current_database()
      ) as here
      left join pg_replication_slots as found on found.slot_name = here.slot`,
    values: [slotPrefix, `{${publications.map((name) => JSON.stringify(name)).join(',')}}`],
  }
}
