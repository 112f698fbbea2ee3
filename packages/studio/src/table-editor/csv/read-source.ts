// What is to be imported, as far as its beginning tells.

import type { Relation } from '../rows/relation.ts'
import { type Delimiter, delimiterOf, parseCsv } from './parse-csv.ts'

export interface ReadSource {
  readonly file: Blob
  readonly delimiter: Delimiter
  readonly header: readonly string[]
  /** The first records. */
  readonly records: readonly (readonly (string | null)[])[]
  /** For each field the column it goes into; null for one that is left out. */
  readonly columns: readonly (string | null)[]
}

/** Bytes that are looked at. */
const BEGINNING = 64 * 1024
const SHOWN = 5

/** Fields go into the columns of their name, whatever the case. */
export async function readSource(file: Blob, { columns }: Relation): Promise<ReadSource> {
  const text = await file.slice(0, BEGINNING).text()
  const delimiter = delimiterOf(text)
  const [first = [], ...records] = parseCsv(text, delimiter, SHOWN + 1)
  const header = first.map((field) => field ?? '')
  const mapped = header.map(
    (field) =>
      columns.find(({ name }) => name === field)?.name ??
      columns.find(({ name }) => name.toLowerCase() === field.trim().toLowerCase())?.name ??
      null,
  )
  return { file, delimiter, header, records, columns: mapped }
}
