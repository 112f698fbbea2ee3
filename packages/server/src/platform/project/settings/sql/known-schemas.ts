// Which schemas there are.

import { type Sql, sql } from '../../../../database/sql.ts'
import { isPeoples } from '../../../database/sql/in-schema.ts'

/** Rows of `name`: every schema but those of Postgres itself, sorted. */
export const knownSchemas: Sql = sql`
  select n.nspname as name from pg_namespace n
  where ${isPeoples}
  order by 1`
