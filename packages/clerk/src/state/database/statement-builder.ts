// Statements whose shape depends on the request. Column names come from the source, values are bound.

/** Collects bound values and hands out their `$n`. */
export interface Bindings {
  readonly values: unknown[]
  bind(value: unknown): string
}

/** Begins with values that the statement names itself: `$1`, `$2` … */
export function bindings(...first: readonly unknown[]): Bindings {
  const values: unknown[] = [...first]
  return {
    values,
    bind(value) {
      values.push(value)
      return `$${values.length}`
    },
  }
}

/** `column = $n, …` for the keys of a patch that are not undefined. Objects are bound as JSON. */
export function assignments(patch: Readonly<Record<string, unknown>>, bound: Bindings): string {
  return Object.entries(patch)
    .filter(([, value]) => value !== undefined)
    .map(([column, value]) => `${column} = ${bound.bind(forPostgres(value))}`)
    .join(', ')
}

/** `insert into … (columns) values (…)` for the keys of a row that are not undefined. */
export function insertion(table: string, row: Readonly<Record<string, unknown>>): { text: string; values: unknown[] } {
  const entries = Object.entries(row).filter(([, value]) => value !== undefined)
  const columns = entries.map(([column]) => column).join(', ')
  const places = entries.map((_, index) => `$${index + 1}`).join(', ')
  return {
    text: `insert into ${table} (${columns}) values (${places})`,
    values: entries.map(([, value]) => forPostgres(value)),
  }
}

/** A pattern for `ilike` that matches the text anywhere, wildcards in it taken literally. */
export function containing(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
}

function forPostgres(value: unknown): unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? JSON.stringify(value) : value
}
