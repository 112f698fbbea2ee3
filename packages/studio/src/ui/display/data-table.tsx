// A short list with columns. Long ones, whose rows are fetched as one scrolls, are the table editor's grid.

import type { ReactNode } from 'react'

export interface Column<Row> {
  readonly id: string
  readonly head: ReactNode
  readonly cell: (row: Row) => ReactNode
  /** Shown from this width of the window on. */
  readonly from?: 'sm' | 'lg'
  readonly align?: 'right'
}

interface DataTableProps<Row> {
  /** Names the table. */
  readonly label: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly keyOf: (row: Row) => string
  /** In place of the table where there is no row. */
  readonly empty: ReactNode
}

const widths = { sm: 'hidden sm:table-cell', lg: 'hidden lg:table-cell' } as const

/** Rows under named columns, scrolling sideways where they must. A row's name belongs in its first column, as a link or button. */
export function DataTable<Row>({ label, columns, rows, keyOf, empty }: DataTableProps<Row>) {
  if (rows.length === 0) return empty
  return (
    // A box that scrolls has to be reached by keyboard.
    <div
      className="overflow-x-auto rounded-lg border border-line bg-surface"
      tabIndex={0}
      role="region"
      aria-label={label}
    >
      <table className="w-full border-collapse text-sm">
        <thead>
          <tr className="border-b border-line bg-sunken text-left text-xs text-quiet">
            {columns.map((column) => (
              <th key={column.id} scope="col" className={`px-3 py-2 font-medium whitespace-nowrap ${placeOf(column)}`}>
                {column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)} className="border-b border-line last:border-0 hover:bg-sunken">
              {columns.map((column) => (
                <td key={column.id} className={`px-3 py-2 align-top ${placeOf(column)}`}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function placeOf({ from, align }: Pick<Column<never>, 'from' | 'align'>): string {
  return `${from === undefined ? '' : widths[from]} ${align === 'right' ? 'text-right tabular-nums' : ''}`
}
