// The values of a statement being written. They stand outside the text, as $1, $2, …, and Postgres infers
// their types from where they are used, so that a value means what the column says it means.

import type { Sql } from '../../database/sql.ts'

/** Collects the values of one statement. */
export interface Parameters {
  readonly values: readonly (string | null)[]
  /** Takes a value and gives its placeholder. */
  add(value: string | null): Sql
}

/** No values yet. */
export function createParameters(): Parameters {
  const values: (string | null)[] = []
  return {
    values,
    add: (value) => `$${values.push(value)}` as Sql,
  }
}

/** Elements as one array literal (`{"a","b"}`), for a parameter whose type Postgres infers. */
export function arrayLiteral(elements: readonly string[]): string {
  return `{${elements.map(quoteElement).join(',')}}`
}

function quoteElement(element: string): string {
  return `"${element.replaceAll('\0', '').replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}
