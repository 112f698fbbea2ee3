// Rows of a query, for reading or for another program.

/** How to print rows. */
export type RowsFormat = 'table' | 'json' | 'csv'

export interface PrintedRows {
  readonly columns: readonly string[]
  /** Every value as Postgres prints it; null for NULL. */
  readonly rows: readonly (readonly (string | null)[])[]
}

/** Renders rows; `json` keeps every value as text, so that nothing is lost. */
export function renderRows(printed: PrintedRows, format: RowsFormat): string {
  switch (format) {
    case 'json':
      return JSON.stringify(
        printed.rows.map((row) => Object.fromEntries(printed.columns.map((column, index) => [column, row[index]]))),
        null,
        2,
      )
    case 'csv':
      return [printed.columns, ...printed.rows].map((row) => row.map(csvField).join(',')).join('\n')
    case 'table':
      return table(printed)
  }
}

/** RFC 4180; NULL is an empty field, an empty string a quoted one. */
function csvField(value: string | null): string {
  if (value === null) return ''
  return value === '' || /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value
}

function table({ columns, rows }: PrintedRows): string {
  const cells = rows.map((row) => row.map((value) => (value ?? '').replaceAll('\n', ' ')))
  const widths = columns.map((column, index) => Math.max(column.length, ...cells.map((row) => row[index]?.length ?? 0)))
  const line = (values: readonly string[]): string =>
    values
      .map((value, index) => value.padEnd(widths[index] ?? 0))
      .join(' | ')
      .trimEnd()
  const rule = widths.map((width) => '-'.repeat(width)).join('-+-')
  return [line(columns), rule, ...cells.map(line), `(${rows.length} ${rows.length === 1 ? 'row' : 'rows'})`].join('\n')
}
