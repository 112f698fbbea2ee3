// The end of a DROP.

import { type Sql, sql } from '../../../database/sql.ts'

/** With what depends on it, or only where nothing does. */
export function cascadeIf(wanted: boolean): Sql {
  return wanted ? sql` cascade` : sql``
}
