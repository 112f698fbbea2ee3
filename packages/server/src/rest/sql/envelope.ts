// The one row that comes back from a plan's main statement: counts, the body as Postgres made it, and what
// SQL asked of the response through its settings.

import { identifier, type Sql, sql } from '../../database/sql.ts'

/** The columns of the row, in this order, whatever the plan. */
export const envelopeColumns = ['total', 'page', 'body', 'headers', 'status', 'inserted', 'location'] as const

export interface Envelope {
  /** Rows there are without the range; null where nobody asked. */
  readonly total: Sql
  /** Rows returned or affected. */
  readonly page: Sql
  readonly body: Sql
  /** Rows inserted less rows updated, of an upsert. */
  readonly inserted: Sql
  /** JSON array of [column, value] pairs. */
  readonly location: Sql
}

export const nothing = sql`NULL`

/** Custom settings, or NULL: once set in a session they read as an empty string ever after. */
export const settings = {
  headers: sql`nullif(current_setting('response.headers', true), '')`,
  status: sql`nullif(current_setting('response.status', true), '')`,
  inserted: sql`nullif(current_setting('pgrst.inserted', true), '')::int`,
} as const

/** The rows being answered with. */
export const answered = identifier('_postgrest_t')

/** `WITH pgrst_source AS (source)[, more] SELECT … FROM (rows)`. */
export function envelopeSql(source: Sql, more: Sql, rows: Sql, columns: Envelope): Sql {
  const { total, page, body, inserted, location } = columns
  return sql`WITH pgrst_source AS (${source})${more} SELECT ${total} AS total, ${page} AS page, ${body} AS body, ${settings.headers} AS headers, ${settings.status} AS status, ${inserted} AS inserted, ${location} AS location FROM (${rows}) ${answered}`
}
