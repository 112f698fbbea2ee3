// How the catalog's queries are parametrised: the only values they take are lists of names.

import type { Sql } from '../../database/sql.ts'
import type { Statement } from '../../database/statement.ts'

/** A Statement whose parameters are `text[]`, one for each list. */
export function statementOver(text: Sql, ...lists: readonly (readonly string[])[]): Statement {
  return { kind: 'statement', text, values: lists.map(textArray) }
}

/** A Postgres array literal of texts; names may hold anything but NUL. */
export function textArray(names: readonly string[]): string {
  const quoted = names.map((name) => `"${name.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`)
  return `{${quoted.join(',')}}`
}
