// A short list with columns, which may be sorted by those that say by what. Long ones, whose rows are fetched as one
// scrolls, are the table editor's grid.

import {
  type ColumnDef,
  createSortedRowModel,
  type Header,
  rowSortingFeature,
  sortFn_alphanumeric,
  sortFn_basic,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react'
import { type ReactNode, useMemo } from 'react'

export interface Column<Row> {
  readonly id: string
  readonly head: ReactNode
  readonly cell: (row: Row) => ReactNode
  /** What the rows are put in order by when the head is pressed; a column without it has no order. */
  readonly sortBy?: (row: Row) => string | number
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

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() })
type Features = typeof features

/** Rows under named columns, scrolling sideways where they must. A row's name belongs in its first column, as a link or button. */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  return props.rows.length === 0 ? props.empty : <FilledTable {...props} />
}

function FilledTable<Row extends object>({ label, columns, rows, keyOf }: DataTableProps<Row>) {
  const definitions = useMemo(() => columns.map((column) => definitionOf(column)), [columns])
  const data = useMemo(() => [...rows], [rows])
  const table = useTable<Features, Row>({ features, columns: definitions, data, getRowId: keyOf })
  const places = columns.map((column) => placeOf(column))
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
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id} className="border-b border-line bg-sunken text-left text-xs text-quiet">
              {group.headers.map((header, index) => (
                <Head key={header.id} header={header} place={places[index] ?? ''}>
                  {columns[index]?.head}
                </Head>
              ))}
            </tr>
          ))}
        </thead>
        <tbody>
          {table.getRowModel().rows.map((row) => (
            <tr key={row.id} className="border-b border-line last:border-0 hover:bg-sunken">
              {columns.map((column, index) => (
                <td key={column.id} className={`px-3 py-2 align-top ${places[index]}`}>
                  {column.cell(row.original)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function definitionOf<Row extends object>({ id, sortBy }: Column<Row>): ColumnDef<Features, Row> {
  if (sortBy === undefined) return { id }
  return {
    id,
    accessorFn: sortBy,
    sortFn: (left, right, column) => {
      const compare = typeof left.getValue(column) === 'number' ? sortFn_basic : sortFn_alphanumeric
      return compare(left, right, column)
    },
  }
}

interface HeadProps<Row extends object> {
  readonly header: Header<Features, Row>
  readonly place: string
  readonly children: ReactNode
}

const orders = { asc: 'ascending', desc: 'descending' } as const
const arrows = { asc: ArrowUp, desc: ArrowDown } as const

function Head<Row extends object>({ header: { column }, place, children }: HeadProps<Row>) {
  const className = `px-3 py-2 font-medium whitespace-nowrap ${place}`
  const sorted = column.getIsSorted()
  if (!column.getCanSort()) {
    return (
      <th scope="col" className={className}>
        {children}
      </th>
    )
  }
  const Arrow = sorted === false ? ChevronsUpDown : arrows[sorted]
  return (
    <th scope="col" className={className} aria-sort={sorted === false ? 'none' : orders[sorted]}>
      <button
        type="button"
        onClick={column.getToggleSortingHandler()}
        className="inline-flex items-center gap-1 rounded hover:text-text"
      >
        {children}
        <Arrow className="size-3" aria-hidden />
      </button>
    </th>
  )
}

const widths = { sm: 'hidden sm:table-cell', lg: 'hidden lg:table-cell' } as const

function placeOf({ from, align }: Pick<Column<never>, 'from' | 'align'>): string {
  return `${from === undefined ? '' : widths[from]} ${align === 'right' ? 'text-right tabular-nums' : ''}`
}
