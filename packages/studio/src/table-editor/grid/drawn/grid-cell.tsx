// One value as the grid shows it.

import { ArrowUpRight } from 'lucide-react'
import { memo } from 'react'

import { classes } from '../../../ui/classes.ts'
import type { Column } from '../../rows/relation.ts'
import { onOneLine } from './on-one-line.ts'

export interface CellProps {
  readonly id: string
  readonly column: Column
  readonly columnIndex: number
  /** Undefined while the row is not here yet. */
  readonly value: string | null | undefined
  readonly cut: boolean
  readonly left: number
  readonly width: number
  readonly active: boolean
  /** The column is part of a foreign key, and this row has a value to follow. */
  readonly refers: boolean
}

/** Its clicks are the grid's: `data-peek` asks for the row that is referred to. */
export const GridCell = memo(function GridCell(props: CellProps) {
  const { id, column, columnIndex, value, cut, left, width, active, refers } = props
  return (
    <div
      id={id}
      role="gridcell"
      aria-colindex={columnIndex + 2}
      data-column={columnIndex}
      className={classes(
        'absolute inset-y-0 flex items-center gap-1 overflow-hidden border-r border-line px-2 text-sm',
        column.category === 'N' && 'justify-end tabular-nums',
        active && 'outline-2 -outline-offset-2 outline-focus',
      )}
      style={{ left, width }}
    >
      <Value value={value} cut={cut} mono={column.category === 'A' || column.base.startsWith('json')} />
      {refers && (
        <button
          type="button"
          tabIndex={-1}
          data-peek
          aria-label={`Show the row that ${column.name} refers to`}
          className={classes(
            'shrink-0 rounded p-0.5 text-quiet hover:bg-sunken hover:text-text',
            column.category !== 'N' && 'ml-auto',
          )}
        >
          <ArrowUpRight className="size-3.5" aria-hidden />
        </button>
      )}
    </div>
  )
})

interface ValueProps {
  readonly value: string | null | undefined
  readonly cut: boolean
  readonly mono: boolean
}

/** Characters that a cell can have room for. */
const SHOWN = 300

function Value({ value, cut, mono }: ValueProps) {
  if (value === undefined) return <span className="h-3 w-3/5 rounded bg-sunken" />
  if (value === null) return <span className="text-quiet italic">NULL</span>
  if (value === '') return <span className="text-quiet italic">EMPTY</span>
  const text = onOneLine(value.slice(0, SHOWN))
  return (
    <span className={classes('min-w-0 truncate whitespace-pre', mono && 'font-mono text-xs')}>
      {text}
      {(cut || value.length > SHOWN) && '…'}
    </span>
  )
}
