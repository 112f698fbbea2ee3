// Which schemas a list is about.

import { type Sql, sql } from '../../../database/sql.ts'

/** True of a `pg_namespace n` that people made: not of Postgres' own. */
export const isPeoples: Sql = sql`n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`

/** `$1` is a schema's name, or null for all but Postgres' own. */
export const inSchema: Sql = sql`case when $1::text is null then ${isPeoples} else n.nspname = $1 end`
