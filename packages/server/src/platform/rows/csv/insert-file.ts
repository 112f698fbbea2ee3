// A file into a table as a role whose policies are asked about every row, which COPY does not do: in batches.

import { Readable } from 'node:stream'

import { CsvError, parse } from 'csv-parse'

import { isRefusal, Refusal } from '../../../refusal/refusal.ts'
import type { PlatformSession } from '../../database/platform-database.ts'
import { tellColumn } from '../refusing/tell-column.ts'
import type { Column, Relation } from '../relation/relation.ts'
import { parameters } from '../sql/values.ts'
import type { FieldColumns } from './map-columns.ts'
import type { HeadedFile } from './read-header.ts'
import { backToSavepoint, type Delimiter, insertMany, releaseSavepoint, setSavepoint } from './sql/copy-sql.ts'

interface Line {
  readonly values: readonly (string | null)[]
  /** Of the file, counted from 1. */
  readonly number: number
}

const MOST_ROWS = 500
/** Postgres takes 65,535. */
const MOST_PARAMETERS = 30_000

/** The number of rows. Refuses `platform.csv-refused` with line and column, `postgres.*`. */
export async function insertFile(
  session: PlatformSession,
  relation: Relation,
  fields: FieldColumns,
  file: HeadedFile,
  delimiter: Delimiter,
): Promise<number> {
  const columns = fields.filter((column) => column !== null)
  const size = Math.max(1, Math.min(MOST_ROWS, Math.floor(MOST_PARAMETERS / columns.length)))
  let count = 0
  let batch: Line[] = []
  for await (const line of linesOf(file, fields, delimiter)) {
    batch.push(line)
    if (batch.length < size) continue
    await insertBatch(session, relation, columns, batch)
    count += batch.length
    batch = []
  }
  await insertBatch(session, relation, columns, batch)
  return count + batch.length
}

/** An empty field is NULL unless it is quoted, as COPY has it. */
async function* linesOf(file: HeadedFile, fields: FieldColumns, delimiter: Delimiter): AsyncGenerator<Line> {
  const parser = parse({
    bom: true,
    delimiter,
    info: true,
    from: 2,
    cast: (value, { quoting }) => (value === '' && !quoting ? null : value),
  })
  const records = Readable.from(file.chunks())
    .on('error', (error) => parser.destroy(error))
    .pipe(parser)
  try {
    for await (const { record, info } of records as AsyncIterable<Parsed>) {
      yield { values: record.filter((_, index) => fields[index] !== null), number: info.lines }
    }
  } catch (error) {
    throw error instanceof CsvError ? malformed(error) : error
  }
}

interface Parsed {
  readonly record: readonly (string | null)[]
  readonly info: { readonly lines: number }
}

function malformed(error: CsvError): Refusal {
  const line = typeof error['lines'] === 'number' ? error['lines'] : null
  return new Refusal('platform.csv-refused', { line, column: null, message: error.message, detail: null })
}

async function insertBatch(
  session: PlatformSession,
  relation: Relation,
  columns: readonly Column[],
  batch: readonly Line[],
): Promise<void> {
  if (batch.length === 0) return
  await session.cells(setSavepoint)
  try {
    await insertLines(session, relation, columns, batch)
  } catch (thrown) {
    if (!isRefusal(thrown)) throw thrown
    await session.cells(backToSavepoint)
    for (const line of batch) await insertLine(session, relation, columns, line)
    throw thrown
  }
  await session.cells(releaseSavepoint)
}

/** Alone, to find the one of a batch that Postgres did not take. */
async function insertLine(
  session: PlatformSession,
  relation: Relation,
  columns: readonly Column[],
  line: Line,
): Promise<void> {
  try {
    await insertLines(session, relation, columns, [line])
  } catch (thrown) {
    throw isRefusal(thrown) ? atLine(thrown, line.number) : thrown
  }
}

async function insertLines(
  session: PlatformSession,
  relation: Relation,
  columns: readonly Column[],
  lines: readonly Line[],
): Promise<void> {
  const writer = parameters()
  const rows = lines.map(({ values }) => values)
  const statement = insertMany(relation, columns, rows, writer)
  const [first] = rows
  const values = Object.fromEntries(columns.map(({ name }, index) => [name, first?.[index] ?? null]))
  await tellColumn(writer.columns, session.cells(statement, writer.values), { relation, values })
}

function atLine(thrown: Error, line: number): Error {
  if (!isRefusal(thrown)) return thrown
  if (thrown.code === 'platform.value-refused') {
    const { column, message, detail } = thrown.detail
    return new Refusal('platform.csv-refused', { line, column, message, detail }, { cause: thrown })
  }
  if (thrown.code !== 'postgres.error') return thrown
  const { message, detail } = thrown.detail
  return new Refusal('platform.csv-refused', { line, column: null, message, detail }, { cause: thrown })
}
