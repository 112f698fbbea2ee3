// Rows as text to take elsewhere.

import type { Column, Relation, Row } from '../../rows/relation.ts'

export type CopyForm = 'JSON' | 'CSV' | 'SQL'

/** The rows as JSON objects, as CSV with a head, or as an INSERT. */
export function copyAs(form: CopyForm, relation: Relation, rows: readonly Row[]): string {
  if (form === 'JSON') return `[\n${rows.map((row) => `  ${asJson(relation, row)}`).join(',\n')}\n]`
  if (form === 'CSV') return [relation.columns.map(({ name }) => name), ...cellsOf(rows)].map(csvLine).join('\n')
  return asInsert(relation, rows)
}

function cellsOf(rows: readonly Row[]): readonly (readonly (string | null)[])[] {
  return rows.map(({ cells }) => cells)
}

/** Written by hand, so that a number keeps all of its digits. */
function asJson({ columns }: Relation, { cells }: Row): string {
  const members = columns.map(
    (column, index) => `${JSON.stringify(column.name)}: ${jsonOf(column, cells[index] ?? null)}`,
  )
  return `{${members.join(', ')}}`
}

const NUMBERS = new Set(['int2', 'int4', 'int8', 'numeric', 'float4', 'float8'])

function jsonOf({ base }: Column, value: string | null): string {
  if (value === null) return 'null'
  if (base === 'bool' || base === 'json' || base === 'jsonb') return value
  // NaN and Infinity are numbers to Postgres alone.
  if (NUMBERS.has(base) && /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(value)) return value
  return JSON.stringify(value)
}

function csvLine(values: readonly (string | null)[]): string {
  return values.map(csvField).join(',')
}

/** NULL is an empty field, the empty text one in quotes. */
function csvField(value: string | null): string {
  if (value === null) return ''
  return value === '' || /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value
}

/** Without the columns that take no value. */
function asInsert({ schema, name, columns }: Relation, rows: readonly Row[]): string {
  const taken = columns.map((column, index) => ({ column, index })).filter(({ column }) => column.given !== 'generated')
  const overriding = taken.some(({ column }) => column.given === 'always') ? ' overriding system value' : ''
  const names = taken.map(({ column }) => quoted(column.name)).join(', ')
  const tuples = rows.map(({ cells }) => `  (${taken.map(({ index }) => sqlLiteral(cells[index] ?? null)).join(', ')})`)
  return `insert into ${quoted(schema)}.${quoted(name)} (${names})${overriding} values\n${tuples.join(',\n')};`
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

function sqlLiteral(value: string | null): string {
  if (value === null) return 'null'
  const text = `'${value.replaceAll("'", "''")}'`
  return text.includes('\\') ? `E${text.replaceAll('\\', '\\\\')}` : text
}
