// TypeScript as text, laid out as Prettier lays out what Supabase's command prints: two spaces, no semicolons, eighty
// columns.

const WIDTH = 80
const IDENTIFIER = /^[A-Za-z_$][\w$]*$/

/** A member of an object type: its name as it has to be written, and what it is. */
export function member(name: string, type: string, optional = false): string {
  return `${keyOf(name)}${optional ? '?' : ''}: ${type}`
}

/** A name as a key; quoted where it is no identifier. */
export function keyOf(name: string): string {
  // As a plain key of an object literal this one would set the prototype.
  if (name === '__proto__') return '["__proto__"]'
  return IDENTIFIER.test(name) ? name : text(name)
}

/** A text as a literal. */
export function text(value: string): string {
  return JSON.stringify(value)
}

/** An object type with a member a line. Without any, one that no key fits. */
export function block(members: readonly string[]): string {
  return `{\n${indented(members.length === 0 ? '[_ in never]: never' : members.join('\n'))}\n}`
}

/** An object type on one line where it fits behind `before` columns, else a member a line. */
export function compact(members: readonly string[], before: number): string {
  const line = `{ ${members.join('; ')} }`
  return line.includes('\n') || before + line.length > WIDTH ? block(members) : line
}

/** A union on the line of its name where it fits behind `before` columns, else a type a line. */
export function union(types: readonly string[], before: number): string {
  const line = types.join(' | ')
  if (types.length <= 1 || (!line.includes('\n') && before + line.length <= WIDTH)) return line
  return `\n${indented(types.map((type) => `| ${type.replaceAll('\n', '\n  ')}`).join('\n'))}`
}

/** A list in brackets, an entry a line; on one line where there is none. */
export function list(entries: readonly string[]): string {
  return entries.length === 0 ? '[]' : `[\n${indented(entries.map((entry) => `${entry},`).join('\n'))}\n]`
}

/** Every line two columns further in. */
export function indented(lines: string): string {
  return lines.replaceAll(/^(?=.)/gm, '  ')
}
