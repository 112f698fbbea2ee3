// Rows as CSV and as JSON.

import type { Column, Row } from '../../run/run-answer.ts'

/** RFC 4180, with a head; null is empty and the empty text is quoted, as in Postgres' own CSV. */
export function toCsv(columns: readonly Column[], rows: readonly Row[]): string {
  const lines = [columns.map(({ name }) => name), ...rows].map((row) => row.map(field).join(','))
  return `${lines.join('\r\n')}\r\n`
}

function field(value: string | null): string {
  if (value === null) return ''
  return value === '' || /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value
}

/** A list of objects; numbers with all their digits, JSON as it is, anything else as text. */
export function toJson(columns: readonly Column[], rows: readonly Row[]): string {
  const keys = distinctNames(columns).map((name) => JSON.stringify(name))
  const objects = rows.map((row) => {
    const members = row.map((value, index) => `${keys[index]}: ${jsonValue(value, columns[index]?.type ?? 'text')}`)
    return `  { ${members.join(', ')} }`
  })
  return objects.length === 0 ? '[]\n' : `[\n${objects.join(',\n')}\n]\n`
}

/** Two columns may have one name; an object cannot. */
function distinctNames(columns: readonly Column[]): readonly string[] {
  const seen = new Map<string, number>()
  return columns.map(({ name }) => {
    const times = (seen.get(name) ?? 0) + 1
    seen.set(name, times)
    return times === 1 ? name : `${name}_${times}`
  })
}

const numeric = /^(smallint|integer|bigint|real|double precision|numeric)\b(?!.*\[\])/

function jsonValue(value: string | null, type: string): string {
  if (value === null) return 'null'
  if (type === 'boolean') return value === 't' ? 'true' : 'false'
  if (type === 'json' || type === 'jsonb') return value
  // NaN and Infinity are numbers to Postgres only.
  if (numeric.test(type) && /^-?\d/.test(value)) return value
  return JSON.stringify(value)
}
