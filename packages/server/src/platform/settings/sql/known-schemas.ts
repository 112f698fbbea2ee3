// Which schemas there are.

import { type Sql, sql } from '../../../database/sql.ts'

/** Rows of `name`: every schema but those of Postgres itself, sorted. */
export const knownSchemas: Sql = sql`
  select nspname as name from pg_namespace
  where nspname !~ '^pg_' and nspname <> 'information_schema'
  order by 1`
