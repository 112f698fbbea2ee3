// CSV (RFC 4180) as rows under the names of its first line.

import { Refusal } from '../../../refusal/refusal.ts'

interface Cursor {
  readonly text: string
  at: number
}

function malformed(cursor: Cursor, wanted: string): Refusal {
  const rest = cursor.text.slice(cursor.at)
  const shown = rest.length > 100 ? `${rest.slice(0, 100)} (truncated)` : JSON.stringify(rest)
  return new Refusal('request.body-invalid', { reason: `parse error (${wanted}) at ${shown}` })
}

const bareField = /[^",\r\n]*/y
const lineEnd = /\r\n|\n|\r/y

function match(pattern: RegExp, cursor: Cursor): string | null {
  pattern.lastIndex = cursor.at
  const found = pattern.exec(cursor.text)?.[0] ?? null
  if (found !== null) cursor.at += found.length
  return found
}

/** A field between quotes, the opening one next; a doubled quote inside stands for one. */
function readQuotedField(cursor: Cursor): string {
  const start = cursor.at + 1
  let quote = cursor.text.indexOf('"', start)
  while (quote >= 0 && cursor.text[quote + 1] === '"') quote = cursor.text.indexOf('"', quote + 2)
  if (quote < 0) throw malformed(cursor, 'trailing double quote')
  cursor.at = quote + 1
  return cursor.text.slice(start, quote).replaceAll('""', '"')
}

function readField(cursor: Cursor): string {
  return cursor.text[cursor.at] === '"' ? readQuotedField(cursor) : (match(bareField, cursor) ?? '')
}

function readLine(cursor: Cursor): string[] {
  const fields = [readField(cursor)]
  while (cursor.text[cursor.at] === ',') {
    cursor.at++
    fields.push(readField(cursor))
  }
  return fields
}

/** A line of one empty field is a blank one. */
function isBlank(fields: readonly string[]): boolean {
  return fields.length === 1 && fields[0] === ''
}

function readLines(cursor: Cursor): string[][] {
  const lines = [readLine(cursor)]
  while (match(lineEnd, cursor) !== null) lines.push(readLine(cursor))
  if (cursor.at < cursor.text.length) throw malformed(cursor, 'endOfInput')
  return lines.filter((line) => !isBlank(line))
}

export interface CsvTable {
  /** Names of the columns, sorted, none twice. */
  readonly keys: readonly string[]
  /** `NULL` is null; every other field is its text. */
  readonly rows: readonly Readonly<Record<string, string | null>>[]
}

/**
 * Reads a table: the first line names the columns, blank lines are skipped, fields beyond the names are left out.
 * Refuses with `request.body-invalid`, lines of different lengths too.
 */
export function parseCsv(text: string): CsvTable {
  const cursor: Cursor = { text, at: 0 }
  const names = readLine(cursor)
  if (match(lineEnd, cursor) === null) {
    throw malformed(cursor, cursor.at < text.length ? 'endOfInput' : 'not enough input')
  }
  const lines = readLines(cursor)
  const width = Math.min(names.length, lines[0]?.length ?? 0)
  if (lines.some((line) => Math.min(names.length, line.length) !== width)) {
    throw new Refusal('request.body-invalid', { reason: 'All lines must have same number of fields' })
  }
  const present = names.slice(0, width)
  const rows = lines.map((line) =>
    Object.fromEntries(present.map((name, index) => [name, line[index] === 'NULL' ? null : (line[index] ?? '')])),
  )
  return { keys: [...new Set(present)].toSorted(), rows }
}
