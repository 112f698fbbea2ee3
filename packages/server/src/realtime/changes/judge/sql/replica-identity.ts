// The statement that makes deletes carry the whole old row.

import { qualified, type Sql, sql } from '../../../../database/sql.ts'

export function replicaIdentityFull(schema: string, table: string): Sql {
  return sql`alter table ${qualified({ schema, name: table })} replica identity full`
}
