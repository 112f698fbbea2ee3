// The head and the rows that the grid draws.

import type { Column, Row } from '../../run/run-answer.ts'

/** Pixels. */
export const ROW_HEIGHT = 30
export const HEAD_HEIGHT = 42
export const NUMBER_WIDTH = 56

/** Characters drawn of a value; all of it is a key away. */
const DRAWN = 300

interface GridHeadProps {
  readonly columns: readonly Column[]
  /** The widths, as CSS has them. */
  readonly template: string
}

export function GridHead({ columns, template }: GridHeadProps) {
  return (
    <div role="rowgroup" className="sticky top-0 z-10 w-max min-w-full bg-sunken">
      <div
        role="row"
        aria-rowindex={1}
        className="grid border-b border-line"
        style={{ gridTemplateColumns: template, height: HEAD_HEIGHT }}
      >
        <span aria-hidden />
        {columns.map(({ name, type }, index) => (
          <div
            key={index}
            role="columnheader"
            className="flex min-w-0 flex-col justify-center border-l border-line px-2"
          >
            <span className="truncate text-xs font-semibold">{name}</span>
            <span className="truncate text-[11px] text-quiet">{type}</span>
          </div>
        ))}
      </div>
    </div>
  )
}

interface GridRowProps {
  readonly idPrefix: string
  readonly number: number
  /** Pixels from the top. */
  readonly start: number
  readonly template: string
  readonly row: Row
  /** The column of the cursor, where it is in this row. */
  readonly active: number | null
  readonly onChoose: (column: number) => void
  readonly onOpen: (column: number) => void
}

export function GridRow({ idPrefix, number, start, template, row, active, onChoose, onOpen }: GridRowProps) {
  return (
    <div
      role="row"
      aria-rowindex={number + 1}
      className="absolute left-0 grid w-max min-w-full border-b border-line hover:bg-sunken"
      style={{ gridTemplateColumns: template, height: ROW_HEIGHT, transform: `translateY(${start}px)` }}
    >
      <span className="truncate px-2 text-right text-xs leading-[30px] text-quiet" aria-hidden>
        {number}
      </span>
      {row.map((value, column) => (
        <div
          key={column}
          id={`${idPrefix}-${column}`}
          role="gridcell"
          aria-selected={active === column}
          onClick={() => onChoose(column)}
          onDoubleClick={() => onOpen(column)}
          className="truncate border-l border-line px-2 font-mono text-xs leading-[30px] aria-selected:outline-2 aria-selected:-outline-offset-2 aria-selected:outline-focus"
        >
          {value === null ? <span className="text-quiet italic">NULL</span> : drawn(value)}
        </div>
      ))}
    </div>
  )
}

function drawn(value: string): string {
  return value.length > DRAWN ? `${value.slice(0, DRAWN)}…` : value
}
