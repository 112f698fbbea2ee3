// Collects the parameters of a statement while its text is written.

import type { Sql } from '../../../../../database/sql.ts'
import type { Bind } from './condition-sql.ts'

export interface Binding {
  readonly bind: Bind
  readonly values: readonly string[]
}

/** The first value becomes `$1`. */
export function createBinding(): Binding {
  const values: string[] = []
  return {
    values,
    bind: (value) => `$${values.push(value)}` as Sql,
  }
}
