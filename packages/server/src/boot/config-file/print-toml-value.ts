// Values and keys as TOML writes them.

/** What a setting of the configuration may be. */
export type TomlValue = string | number | boolean | readonly string[]

/** A value on one line. */
export function printTomlValue(value: TomlValue): string {
  if (typeof value === 'string') return printString(value)
  if (typeof value === 'object') return `[${value.map((item) => printString(item)).join(', ')}]`
  return String(value)
}

/** A dotted key; parts that are no bare keys are quoted. */
export function printTomlKey(path: readonly string[]): string {
  return path.map((part) => (/^[A-Za-z0-9_-]+$/.test(part) ? part : printString(part))).join('.')
}

/** JSON's escapes are TOML's, but for DEL, which JSON leaves as it is and TOML forbids. */
function printString(text: string): string {
  return JSON.stringify(text).replaceAll('\u007f', String.raw`\u007f`)
}
