// One row of the grid; a pale one while its values are on their way.

import { Maximize2 } from 'lucide-react'
import { memo } from 'react'

import { classes } from '../../../ui/classes.ts'
import type { Column, Row } from '../../rows/relation.ts'
import { LEADING } from '../columns/column-widths.ts'
import { GridCell } from './grid-cell.tsx'
import { ROW_HEIGHT } from '../scrolling/use-row-scroll.ts'

/** A column that is in sight, and where. */
export interface ShownColumn {
  readonly index: number
  readonly column: Column
  readonly left: number
  readonly width: number
  readonly refers: boolean
}

interface GridRowProps {
  readonly index: number
  readonly row: Row | undefined
  readonly columns: readonly ShownColumn[]
  readonly top: number
  /** The active cell's column, if it is in this row. */
  readonly active: number | null
  readonly selected: boolean
  /** Rows can be named, and so be chosen. */
  readonly selectable: boolean
}

/** The id of a cell's element. */
export function cellId(row: number, column: number): string {
  return `cell-${row}-${column}`
}

export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { index, row, columns, top, active, selected, selectable } = props
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selectable ? selected : undefined}
      aria-busy={row === undefined || undefined}
      data-row={index}
      className={classes(
        'absolute left-0 w-full border-b border-line',
        selected ? 'bg-brand-soft' : 'bg-surface hover:bg-sunken',
      )}
      style={{ top, height: ROW_HEIGHT }}
    >
      <LeadingCell index={index} here={row !== undefined} selected={selected} selectable={selectable} />
      {columns.map(({ index: at, column, left, width, refers }) => (
        <GridCell
          key={column.name}
          id={cellId(index, at)}
          column={column}
          columnIndex={at}
          value={row === undefined ? undefined : (row.cells[at] ?? null)}
          cut={row?.cut[column.name] !== undefined}
          left={left}
          width={width}
          active={active === at}
          refers={refers && row?.cells[at] != null}
        />
      ))}
    </div>
  )
})

interface LeadingCellProps {
  readonly index: number
  /** The row's values are here. */
  readonly here: boolean
  readonly selected: boolean
  readonly selectable: boolean
}

/** Stays in sight: chooses the row, and opens it. Its clicks are the grid's. */
function LeadingCell({ index, here, selected, selectable }: LeadingCellProps) {
  return (
    <div
      role="gridcell"
      aria-colindex={1}
      className={classes(
        'sticky left-0 z-10 flex h-full items-center gap-1.5 border-r border-line px-2.5',
        selected ? 'bg-brand-soft' : 'bg-surface',
      )}
      style={{ width: LEADING }}
    >
      <input
        type="checkbox"
        tabIndex={-1}
        data-select
        readOnly
        checked={selected}
        disabled={!selectable || !here}
        aria-label={`Select row ${index + 1}`}
        className="size-4 accent-(--brand)"
      />
      <button
        type="button"
        tabIndex={-1}
        data-open
        disabled={!here}
        aria-label={`Open row ${index + 1}`}
        className="rounded p-1 text-quiet hover:bg-sunken hover:text-text"
      >
        <Maximize2 className="size-3.5" aria-hidden />
      </button>
    </div>
  )
}
