// What `alter role … set statement_timeout` says.

import { sql } from '../../../database/sql.ts'
import type { Statement } from '../../../database/statement.ts'

/** No row where nothing was set for the role. */
export function roleTimeout(role: string): Statement {
  return { kind: 'statement', text: selection, values: [role] }
}

const selection = sql`
  select split_part(entry, '=', 2) as timeout from pg_roles cross join unnest(rolconfig) as entry
  where rolname = $1 and entry like 'statement_timeout=%'`
