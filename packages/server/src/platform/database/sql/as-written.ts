// SQL that is not ours: what a person wrote for a place that takes SQL, or what Postgres printed of a definition.

import type { Sql } from '../../../database/sql.ts'

/**
 * Takes the text as it is. A statement that holds a person's text goes through `PlatformSession.execute`, so that a
 * semicolon in it begins no second one.
 */
export function asWritten(text: string): Sql {
  return text as Sql
}
