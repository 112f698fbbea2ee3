// The grid: rows and columns as far as they are in sight, one active cell, keys as in a spreadsheet.

import { type KeyboardEvent, type MouseEvent, useEffect, useRef, useState } from 'react'

import { copyText } from '../../ui/display/copy-text.ts'
import { toast } from '../../ui/overlay/toast.tsx'
import type { RowSort } from '../address.ts'
import type { Relation, Row } from '../rows/relation.ts'
import type { RowWindow } from '../rows/window/row-window.ts'
import { useColumnWidths } from './columns/column-widths.ts'
import { GridEditor } from './editing/grid-editor.tsx'
import { useCellEdit } from './editing/cell-edit.ts'
import { whyFixed } from './editing/why-fixed.ts'
import { GridHead } from './drawn/grid-head.tsx'
import { cellId, GridRow } from './drawn/grid-row.tsx'
import { type CellPlace, moveCell } from './move-cell.ts'
import { useColumnScroll } from './columns/use-column-scroll.ts'
import { HEAD_HEIGHT, ROW_HEIGHT, type RowScroll, useRowScroll } from './scrolling/use-row-scroll.ts'
import type { Selection } from './use-selection.ts'

export interface DataGridProps {
  readonly relation: Relation
  readonly rows: RowWindow
  readonly sort: readonly RowSort[]
  readonly as: object | null
  readonly selection: Selection
  readonly onSort: (column: string, add: boolean) => void
  readonly onOpen: (row: Row, index: number) => void
  readonly onPeek: (row: Row, column: string, at: Element) => void
}

/** Before the first answer, as many pale rows as a screen has room for. */
const UNKNOWN = 30
/** Rows are drawn into the places of those that went out of sight, which costs less than taking them away. */
const SLOTS = 64

export function DataGrid(props: DataGridProps) {
  const { relation, rows, selection } = props
  const grid = useGrid(props)
  const { box, active, drawn, columns, scroll } = grid
  return (
    <div
      ref={box}
      role="grid"
      aria-label={`Rows of ${relation.name}`}
      aria-rowcount={rows.total === null ? -1 : rows.total.count + 1}
      aria-colcount={relation.columns.length + 1}
      aria-multiselectable
      aria-readonly={relation.rowsBy === null}
      aria-activedescendant={drawn.includes(active.row) ? cellId(active.row, active.column) : undefined}
      tabIndex={0}
      onKeyDown={(event) => {
        if (event.target === event.currentTarget) handleKey(event, { ...grid, props })
      }}
      onClick={(event) => handleClick(event, props, grid.setActive)}
      onDoubleClick={(event) => {
        const place = placeOf(event.target)
        if (place !== null) grid.edit(place)
      }}
      className="min-h-0 flex-1 overflow-auto bg-page focus-visible:outline-offset-[-2px]"
    >
      <div role="rowgroup" className="sticky top-0 z-20" style={{ width: columns.width, height: HEAD_HEIGHT }}>
        <GridHead
          relation={relation}
          columns={columns.shown}
          sort={props.sort}
          onSort={props.onSort}
          onResize={grid.widths.resize}
          all={grid.all}
        />
      </div>
      <div role="rowgroup" className="relative" style={{ width: columns.width, height: scroll.height }}>
        {drawn.map((index) => (
          <GridRow
            key={index % Math.max(SLOTS, drawn.length)}
            index={index}
            row={rows.row(index)}
            columns={columns.shown}
            top={index * ROW_HEIGHT + scroll.shift}
            active={active.row === index ? active.column : null}
            selected={selection.has(rows.row(index))}
            selectable={relation.rowsBy !== null}
          />
        ))}
      </div>
      <GridEditor
        box={box}
        editing={grid.editing}
        size={grid.size}
        onGo={grid.go}
        width={columns.widthAt(active.column)}
      />
    </div>
  )
}

/** What the grid knows: where one is, what is in sight, what is being changed. */
function useGrid({ relation, rows, as, selection }: DataGridProps) {
  const box = useRef<HTMLDivElement>(null)
  const count = rows.total?.count ?? UNKNOWN
  const scroll = useRowScroll(box, count)
  const widths = useColumnWidths(relation)
  const columns = useColumnScroll(box, relation, widths)
  const [active, setActive] = useState<CellPlace>({ row: 0, column: 0 })
  const editing = useCellEdit({ relation, as, onRow: (index, row) => rows.put(index, row) })
  useEffect(() => rows.look(scroll.first, scroll.last), [rows, scroll.first, scroll.last, count])
  const go = (place: CellPlace): void => {
    setActive(place)
    scroll.show(place.row)
    columns.show(place.column)
  }
  const edit = (place: CellPlace, typed?: string): void => {
    const row = rows.row(place.row)
    if (row === undefined) return
    const fixed = whyFixed(relation, place.column)
    if (fixed === null) editing.begin(place, row, typed)
    else toast.note(fixed)
  }
  const size = { rows: count, columns: relation.columns.length, page: scroll.page }
  const whole = rows.total !== null && count > 0 && rows.size >= count
  const all = whole ? { chosen: selection.rows.size >= count, onChange: selection.chooseAll } : null
  return {
    box,
    scroll,
    widths,
    columns,
    active,
    setActive,
    editing,
    go,
    edit,
    size,
    all,
    drawn: drawnRows(scroll, count),
  }
}

function drawnRows({ first, last }: Pick<RowScroll, 'first' | 'last'>, count: number): readonly number[] {
  const end = Math.min(last, count - 1)
  return Array.from({ length: Math.max(0, end - first + 1) }, (_, step) => first + step)
}

interface KeyDeps {
  readonly active: CellPlace
  readonly size: { readonly rows: number; readonly columns: number; readonly page: number }
  readonly go: (place: CellPlace) => void
  readonly edit: (place: CellPlace, typed?: string) => void
  readonly props: DataGridProps
}

function handleKey(event: KeyboardEvent, { active, size, go, edit, props }: KeyDeps): void {
  const { key } = event
  const ctrl = event.ctrlKey || event.metaKey
  const next = moveCell(active, { key, ctrl }, size)
  if (next !== null) go(next)
  else if (key === 'Enter' || key === 'F2') edit(active)
  else if (key === ' ') props.selection.toggle(active.row, event.shiftKey)
  else if (ctrl && key === 'c') void copyText(props.rows.row(active.row)?.cells[active.column] ?? '', null)
  else if (key.length === 1 && !ctrl && !event.altKey) edit(active, key)
  else return
  event.preventDefault()
}

/** The cell that an element stands in. */
function placeOf(target: EventTarget): CellPlace | null {
  if (!(target instanceof Element)) return null
  const row = target.closest('[data-row]')?.getAttribute('data-row')
  const column = target.closest('[data-column]')?.getAttribute('data-column')
  return row == null || column == null ? null : { row: Number(row), column: Number(column) }
}

function handleClick(
  event: MouseEvent<HTMLElement>,
  { rows, selection, onOpen, onPeek, relation }: DataGridProps,
  activate: (place: CellPlace) => void,
): void {
  const target = event.target instanceof Element ? event.target : null
  const index = Number(target?.closest('[data-row]')?.getAttribute('data-row') ?? Number.NaN)
  const row = rows.row(index)
  if (target === null || row === undefined) return
  const place = placeOf(target)
  if (place !== null) activate(place)
  // The keys stay the grid's, and come back to it from the sheet of a row.
  if (target.closest('[data-select], [data-open]') !== null) event.currentTarget.focus({ preventScroll: true })
  if (target.closest('[data-select]') !== null) selection.toggle(index, event.shiftKey)
  else if (target.closest('[data-open]') !== null) onOpen(row, index)
  const peek = target.closest('[data-peek]')
  if (peek !== null && place !== null) onPeek(row, relation.columns[place.column]?.name ?? '', peek)
}
