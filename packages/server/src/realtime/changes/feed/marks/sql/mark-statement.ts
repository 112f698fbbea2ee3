// The mark that stands in the WAL for a change of the schema, as the bootstrap's event triggers make it.

import { type Sql, sql } from '../../../../../database/sql.ts'

/** Marks now, unless triggers mark each change at its place. */
export const markUnlessTriggered: Sql = sql`
  select pg_catalog.pg_logical_emit_message(true, 'tenon.schema', '')
  where not exists (
    select from pg_catalog.pg_event_trigger where evtname = 'tenon_schema_watch' and evtenabled <> 'D')`
