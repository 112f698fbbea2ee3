// Pieces of statements: values of columns as clients are shown them, and of what clients said.

import { type Sql, sql } from '../../../database/sql.ts'

/** A time as JavaScript prints it, which upstream answers with. */
export function isoTime(column: Sql): Sql {
  return sql`to_char(${column} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
}

/** The `sub` of somebody as the column `owner` takes it: null for one that is no UUID. */
export function uuidOf(subject: Sql): Sql {
  return sql`case when ${subject} ~* '^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$' then ${subject}::uuid end`
}

/** An array of texts from a list in JSON: an empty list stays one, and null is none. */
export function textsOf(json: Sql): Sql {
  return sql`case when ${json}::jsonb is not null then array(select jsonb_array_elements_text(${json}::jsonb)) end`
}
