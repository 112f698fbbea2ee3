// The names of the columns: a click sorts, the edge resizes.

import { ArrowDown, ArrowUp, KeyRound, Link2 } from 'lucide-react'
import type { PointerEvent } from 'react'

import type { RowSort } from '../../address.ts'
import { classes } from '../../../ui/classes.ts'
import type { Relation } from '../../rows/relation.ts'
import { LEADING } from '../columns/column-widths.ts'
import type { ShownColumn } from './grid-row.tsx'
import { HEAD_HEIGHT } from '../scrolling/use-row-scroll.ts'

interface GridHeadProps {
  readonly relation: Relation
  readonly columns: readonly ShownColumn[]
  readonly sort: readonly RowSort[]
  readonly onSort: (column: string, add: boolean) => void
  readonly onResize: (column: string, width: number) => void
  /** All rows are at hand, and can be chosen. */
  readonly all: { readonly chosen: boolean; readonly onChange: (chosen: boolean) => void } | null
}

export function GridHead(props: GridHeadProps) {
  const { relation, columns, all } = props
  return (
    <div
      role="row"
      aria-rowindex={1}
      className="sticky top-0 z-20 border-b border-line-strong bg-sunken"
      style={{ height: HEAD_HEIGHT }}
    >
      <div
        role="columnheader"
        aria-colindex={1}
        className="sticky left-0 z-10 flex h-full items-center border-r border-line bg-sunken px-2.5"
        style={{ width: LEADING }}
      >
        <input
          type="checkbox"
          aria-label="Select all rows"
          title={all === null ? 'Too many to choose all at once; Shift-click chooses a range' : 'Select all rows'}
          disabled={all === null || relation.rowsBy === null}
          checked={all?.chosen ?? false}
          onChange={(event) => all?.onChange(event.target.checked)}
          className="size-4 accent-(--brand)"
        />
      </div>
      {columns.map((column) => (
        <HeadCell key={column.column.name} shown={column} {...props} />
      ))}
    </div>
  )
}

function HeadCell({ shown, relation, sort, onSort, onResize }: GridHeadProps & { readonly shown: ShownColumn }) {
  const { column, index, left, width, refers } = shown
  const sorted = sort.find((term) => term.column === column.name)
  return (
    <div
      role="columnheader"
      aria-colindex={index + 2}
      aria-sort={sorted === undefined ? 'none' : sorted.descending ? 'descending' : 'ascending'}
      className="absolute inset-y-0 flex items-center border-r border-line"
      style={{ left, width }}
    >
      <button
        type="button"
        title={`${column.name}: ${column.type}. Click to sort; with Shift, in addition to the present order`}
        onClick={(event) => onSort(column.name, event.shiftKey)}
        className="flex h-full min-w-0 flex-1 items-center gap-1.5 px-2 text-left text-sm hover:bg-line/40"
      >
        {relation.key.includes(column.name) && <KeyRound className="size-3.5 shrink-0 text-brand" aria-label="Key" />}
        {refers && <Link2 className="size-3.5 shrink-0 text-quiet" aria-label="Reference" />}
        <span className="truncate font-medium">{column.name}</span>
        <span className="truncate text-xs text-quiet">{column.type}</span>
        {sorted !== undefined && <SortMark descending={sorted.descending} />}
      </button>
      <Edge label={column.name} width={width} onResize={(next) => onResize(column.name, next)} />
    </div>
  )
}

function SortMark({ descending }: { readonly descending: boolean }) {
  const Icon = descending ? ArrowDown : ArrowUp
  return <Icon className="ml-auto size-3.5 shrink-0" aria-hidden />
}

interface EdgeProps {
  readonly label: string
  readonly width: number
  readonly onResize: (width: number) => void
}

/** Drag it, or move it with the arrow keys. */
function Edge({ label, width, onResize }: EdgeProps) {
  const drag = (event: PointerEvent<HTMLDivElement>): void => {
    event.preventDefault()
    const from = event.clientX
    const edge = event.currentTarget
    edge.setPointerCapture(event.pointerId)
    const move = (moved: globalThis.PointerEvent): void => onResize(width + moved.clientX - from)
    edge.addEventListener('pointermove', move)
    edge.addEventListener('pointerup', () => edge.removeEventListener('pointermove', move), { once: true })
  }
  return (
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={`Width of ${label}`}
      aria-valuenow={Math.round(width)}
      tabIndex={0}
      onPointerDown={drag}
      onKeyDown={(event) => {
        const step = event.key === 'ArrowRight' ? 16 : event.key === 'ArrowLeft' ? -16 : 0
        if (step === 0) return
        event.preventDefault()
        event.stopPropagation()
        onResize(width + step)
      }}
      className={classes(
        'absolute inset-y-0 -right-1 z-10 w-2 cursor-col-resize touch-none hover:bg-focus/40',
        'focus-visible:bg-focus/40',
      )}
    />
  )
}
