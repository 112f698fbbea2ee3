// The statement that puts a request's settings in force.

import { join, literal, sql } from '../../sql.ts'
import type { Sql } from '../../sql.ts'

/**
 * One select that sets each name, in order, to its parameter until the transaction ends. It returns no row:
 * `set_config` never returns NULL for a value that is not, so every arm of the OR is evaluated, left to right,
 * and nothing of what was just sent comes back over the wire.
 */
export function settingsSelect(names: readonly string[]): Sql {
  const arms = names.map((name, index) => sql`set_config(${literal(name)}, $${parameter(index)}, true) is null`)
  return sql`select where ${join(arms, sql` or `)}`
}

function parameter(index: number): Sql {
  return String(index + 1) as Sql
}
