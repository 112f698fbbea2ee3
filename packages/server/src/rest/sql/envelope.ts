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

/** The rows being answered with. */
export const answered = identifier('_postgrest_t')

/** `WITH pgrst_source AS (source)[, more] SELECT … FROM (rows)`. */
export function envelopeSql(source: Sql, more: Sql, rows: Sql, columns: Envelope): Sql {
  const { total, page, body, inserted, location } = columns
  return sql`WITH pgrst_source AS (${source})${more} SELECT ${total} AS total, ${page} AS page, ${body} AS body, ${settingSql('response.headers')} AS headers, ${settingSql('response.status')} AS status, ${inserted} AS inserted, ${location} AS location FROM (${rows}) ${answered}`
}

/** A custom setting, or NULL: once set in a session it reads as an empty string ever after. */
export function settingSql(name: 'response.headers' | 'response.status' | 'pgrst.inserted'): Sql {
  return sql`nullif(current_setting(${settingNames[name]}, true), '')`
}

const settingNames = {
  'response.headers': sql`'response.headers'`,
  'response.status': sql`'response.status'`,
  'pgrst.inserted': sql`'pgrst.inserted'`,
} as const
