// The statement that closes a table which a script leaves open.

import { identifier, join, type Sql, sql } from '../../../../database/sql.ts'

/** `name` as it was written, with its schema or without. */
export function enableRowSecurity(name: readonly string[]): Sql {
  return sql`alter table ${join(name.map(identifier), sql`.`)} enable row level security`
}
