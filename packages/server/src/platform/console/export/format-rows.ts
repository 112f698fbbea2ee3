// Rows as CSV and as JSON, a page at a time.

export interface ExportFormat {
  readonly mediaType: string
  /** `columns` are those of the result; the page is the first, or not. */
  begin(columns: readonly ExportColumn[]): string
  page(columns: readonly ExportColumn[], rows: readonly ExportRow[], isFirst: boolean): string
  readonly end: string
}

export interface ExportColumn {
  readonly name: string
  readonly typeId: number
}

/** Values as Postgres prints them. */
export type ExportRow = readonly (string | null)[]

/** RFC 4180; null is empty and the empty text is quoted, as in Postgres' own CSV. */
const csv: ExportFormat = {
  mediaType: 'text/csv; charset=utf-8',
  begin: (columns) => `${columns.map(({ name }) => csvField(name)).join(',')}\r\n`,
  page: (_columns, rows) => rows.map((row) => `${row.map(csvField).join(',')}\r\n`).join(''),
  end: '',
}

/** A list of objects; numbers with all their digits. */
const json: ExportFormat = {
  mediaType: 'application/json; charset=utf-8',
  begin: () => '[',
  page: (columns, rows, isFirst) => {
    const keys = distinctNames(columns).map((name) => JSON.stringify(name))
    const objects = rows.map((row) => {
      return `{${row.map((value, index) => `${keys[index]}:${jsonValue(value, columns[index]?.typeId)}`).join(',')}}`
    })
    return objects.length === 0 ? '' : `${isFirst ? '\n' : ',\n'}${objects.join(',\n')}`
  },
  end: '\n]\n',
}

/** By the names that a request gives them. */
export const exportFormats = { csv, json }

function csvField(value: string | null): string {
  if (value === null) return ''
  return value === '' || /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value
}

/** Two columns may have one name; an object cannot. */
function distinctNames(columns: readonly ExportColumn[]): readonly string[] {
  const seen = new Map<string, number>()
  return columns.map(({ name }) => {
    const times = (seen.get(name) ?? 0) + 1
    seen.set(name, times)
    return times === 1 ? name : `${name}_${times}`
  })
}

const BOOLEAN = 16
/** int8, int2, int4, float4, float8, numeric. */
const NUMBERS = new Set([20, 21, 23, 700, 701, 1700])
/** json, jsonb. */
const JSONS = new Set([114, 3802])

function jsonValue(value: string | null, typeId: number | undefined): string {
  if (value === null) return 'null'
  if (typeId === BOOLEAN) return value === 't' ? 'true' : 'false'
  if (typeId !== undefined && JSONS.has(typeId)) return value
  // NaN and Infinity are numbers to Postgres only.
  if (typeId !== undefined && NUMBERS.has(typeId) && /^-?\d/.test(value)) return value
  return JSON.stringify(value)
}
