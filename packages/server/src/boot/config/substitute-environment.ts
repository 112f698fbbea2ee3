// `env(NAME)` in configuration values, as Supabase's CLI reads them.

const REFERENCE = /^env\(([A-Za-z_][A-Za-z0-9_]*)\)$/

/** The variable whose value the text still waits for: it was not set. Null for any other text. */
export function unsetVariable(text: string): string | null {
  return REFERENCE.exec(text)?.[1] ?? null
}

/**
 * Replaces each string value that is exactly `env(NAME)` by that variable, throughout a parsed document.
 * An unset variable leaves the text as it was, so that whoever needs the value can say so by name.
 */
export function substituteEnvironment(
  value: unknown,
  environment: Readonly<Record<string, string | undefined>>,
): unknown {
  if (typeof value === 'string') {
    const name = unsetVariable(value)
    return name === null ? value : (environment[name] ?? value)
  }
  if (Array.isArray(value)) return value.map((item) => substituteEnvironment(item, environment))
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, substituteEnvironment(item, environment)]))
}
