// Types by the names that people write.

import { type Sql, sql } from '../../../database/sql.ts'

/** `$1` is a text; `type` is Postgres' own spelling of the type that it names, null where it names none. */
export const typeByName: Sql = sql`select to_regtype($1)::text as type`
