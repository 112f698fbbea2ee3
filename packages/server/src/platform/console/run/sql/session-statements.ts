// What the console itself says on its connections.

import { type Sql, sql } from '../../../../database/sql.ts'
import type { Explain } from '../run-request.ts'

/** `$1` the statement timeout in milliseconds, `$2` whether transactions may only read. For the whole session. */
export const setUp: Sql = sql`
  select pg_catalog.set_config('statement_timeout', $1, false),
    pg_catalog.set_config('default_transaction_read_only', $2, false)`

/** What we ask ourselves at the end is not bound by the caller's patience. */
export const takeTime: Sql = sql`set statement_timeout = 0`

/** Undoes what is open, then the same. */
export const rollBackAndTakeTime: Sql = sql`rollback; ${takeTime}`

/** Names of types as people write them. `$1` their ids, `$2` the modifiers, such as the length of a varchar. */
export const typeNames: Sql = sql`
  select pg_catalog.format_type(type, modifier) as name
  from rows from (pg_catalog.unnest($1::pg_catalog.oid[]), pg_catalog.unnest($2::pg_catalog.int4[]))
    with ordinality as asked (type, modifier, place)
  order by place`

/** `$1` the process that serves the connection. */
export const cancelBackend: Sql = sql`select pg_catalog.pg_cancel_backend($1)`

/** What stands before a statement that is to be explained. */
export const explainPrefix: Readonly<Record<Explain, Sql>> = {
  plan: sql`explain (format json, verbose) `,
  analyze: sql`explain (format json, verbose, analyze, buffers) `,
}
