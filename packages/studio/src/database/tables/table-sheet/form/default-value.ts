// The default of a column as a person types it: a value, or SQL.

/** How the text is read; `auto` goes by what it looks like. */
export type DefaultReading = 'auto' | 'literal' | 'expression'

/** As the server takes it. */
export type ColumnDefault = { readonly kind: 'literal' | 'expression'; readonly value: string } | null

const name = String.raw`(?:"[^"]+"|[a-z_]\w*)`
const sqlLooks = [
  // A call, such as now() or auth.jwt()->>'sub'; a space before the bracket makes it prose.
  new RegExp(String.raw`^${name}(?:\.${name})*\(`, 'i'),
  /^\(.*\)$/s,
  /^e?'.*'(::[\w\s."()[\],]+)?$/is,
  /^(current_(date|time|timestamp|user|role|schema)|localtime|localtimestamp|session_user)$/i,
  /^array\[.*\]/is,
]

/** What the text stands for; null for no default, which the word NULL means as well. */
export function defaultOf(text: string, reading: DefaultReading): ColumnDefault {
  const value = text.trim()
  if (value === '' || (reading === 'auto' && /^null$/i.test(value))) return null
  if (reading !== 'auto') return { kind: reading, value }
  return { kind: sqlLooks.some((look) => look.test(value)) ? 'expression' : 'literal', value }
}

/** The text and its reading for SQL that Postgres printed; a plain value loses its quotes and its cast. */
export function textOfDefault(printed: string | null): { readonly text: string; readonly reading: DefaultReading } {
  if (printed === null) return { text: '', reading: 'auto' }
  const quoted = /^'((?:[^'\\]|'')*)'::[\w\s."()[\],]+$/s.exec(printed)?.[1]
  const text = quoted === undefined ? printed : quoted.replaceAll("''", "'")
  const wanted = quoted === undefined && !/^(-?\d+(\.\d+)?|true|false)$/.test(printed) ? 'expression' : 'literal'
  return { text, reading: defaultOf(text, 'auto')?.kind === wanted && text === text.trim() ? 'auto' : wanted }
}
