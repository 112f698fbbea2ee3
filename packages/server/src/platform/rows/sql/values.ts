// How values get into a statement: as parameters wherever Postgres takes them, else as quoted literals.

import { literal, type Sql } from '../../../database/sql.ts'

/** Puts values into a statement, each with the name of the column it is meant for. */
export interface ValueWriter {
  /** The place that stands for the value in the statement. */
  write(value: string | null, column: string): Sql
}

/** Values that travel beside the statement. */
export interface Parameters extends ValueWriter {
  readonly values: (string | null)[]
  /** The column of `$1` first; what a refused value is told with. */
  readonly columns: string[]
}

/** Writes `$1`, `$2` …; Postgres takes each for the type of what it stands beside. */
export function parameters(): Parameters {
  const values: (string | null)[] = []
  const columns: string[] = []
  return {
    values,
    columns,
    write(value, column) {
      columns.push(column)
      return `$${values.push(value)}` as Sql
    },
  }
}

/** Writes the values themselves: for COPY, which takes no parameters, and for showing a statement to people. */
export const literals: ValueWriter = {
  write: (value) => (value === null ? ('null' as Sql) : literal(value)),
}
