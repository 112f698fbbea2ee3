// Values and names as the languages of the snippets write them.

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/
/** Names that a select list takes without quotes. */
const PLAIN = /^[\p{L}_][\p{L}\p{N}_]*$/u

/** A literal of JavaScript, in single quotes. */
export function javascriptOf(value: unknown): string {
  if (typeof value === 'string') return quoted(value)
  if (Array.isArray(value)) return `[${value.map(javascriptOf).join(', ')}]`
  if (typeof value !== 'object' || value === null) return String(value)
  const members = Object.entries(value).map(([key, inner]) => `${keyOf(key)}: ${javascriptOf(inner)}`)
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`
}

function keyOf(key: string): string {
  return IDENTIFIER.test(key) ? key : quoted(key)
}

function quoted(text: string): string {
  return `'${JSON.stringify(text)
    .slice(1, -1)
    .replaceAll(String.raw`\"`, '"')
    .replaceAll("'", String.raw`\'`)}'`
}

/** One word of a shell. */
export function shellOf(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}

/** A column's name within `select`, `order` and filters. */
export function columnOf(name: string): string {
  return PLAIN.test(name) ? name : `"${name.replaceAll('\\', '\\\\').replaceAll('"', String.raw`\"`)}"`
}
