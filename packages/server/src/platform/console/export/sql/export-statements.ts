// Reading a whole result by pages.

import { type Sql, sql } from '../../../../database/sql.ts'

/** Nothing is written, whatever the statement calls. */
export const readOnly: Sql = sql`set transaction read only`

/** Declares it over a person's query; Postgres takes one SELECT or VALUES and nothing else. */
export function declareCursor(query: Sql): Sql {
  return sql`declare exported no scroll cursor for ${query}`
}

/** The next rows; none at the end. */
export const fetchPage: Sql = sql`fetch forward 2000 from exported`
