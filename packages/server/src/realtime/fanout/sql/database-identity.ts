// Asks a database which one it is, whatever its address.

import { sql } from '../../../database/sql.ts'
import type { Statement } from '../../../database/statement.ts'

/** One row, one text: the cluster's own number and the database's within it. */
export const databaseIdentity: Statement = {
  kind: 'statement',
  text: sql`
    select system_identifier::text || '-' || oid::text
    from pg_control_system(), pg_database where datname = current_database()`,
  values: [],
}
