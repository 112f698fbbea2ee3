// The start of a transaction in somebody's name.

import { identifier, literal, type Sql, sql } from '../../../database/sql.ts'
import type { RunAs } from '../../request/run-as.ts'

/**
 * Begins, then sets what a policy may read, as the REST door sets it, then the role. One message: it takes effect whole.
 * A role that does not exist, or may not be taken, fails with Postgres' own error.
 */
export function beginAs(as: RunAs): Sql {
  return as === null ? sql`begin` : sql`begin;\n    ${becomeSql(as)}`
}

/** What a policy may read and the role, to the end of the transaction or back to a savepoint before. */
export function becomeSql(as: NonNullable<RunAs>): Sql {
  const claims = as.claims === null ? '' : JSON.stringify({ role: as.role, ...as.claims })
  return sql`select set_config('request.jwt.claims', ${literal(claims)}, true), set_config('request.method', 'GET', true),
      set_config('request.path', '/', true), set_config('request.headers', '{}', true),
      set_config('request.cookies', '{}', true);
    set local role ${identifier(as.role)}`
}

/** Everything that a session remembers beyond its transactions: settings, the role, temporary tables, listening. */
export const forgetAll: Sql = sql`discard all`
