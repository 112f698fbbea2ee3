// The rows of one result: as many as there are, of which only those in sight are drawn. Arrow keys move, Enter shows a
// value whole, Ctrl+C copies it.

import { useVirtualizer } from '@tanstack/react-virtual'
import { useId, useRef } from 'react'

import type { Column, Row } from '../../run/run-answer.ts'
import { columnWidths, valueAt } from './grid-cells.ts'
import { GridHead, GridRow, HEAD_HEIGHT, NUMBER_WIDTH, ROW_HEIGHT } from './grid-row.tsx'
import { useCursor } from './use-cursor.ts'
import { ValueDialog } from './value-dialog.tsx'

interface ResultGridProps {
  readonly label: string
  readonly columns: readonly Column[]
  readonly rows: readonly Row[]
}

/** `columns` must not be empty. */
export function ResultGrid({ label, columns, rows }: ResultGridProps) {
  const box = useRef<HTMLDivElement>(null)
  const id = useId()
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
    // The head stands before the rows, and over them once they are scrolled.
    scrollMargin: HEAD_HEIGHT,
    scrollPaddingStart: HEAD_HEIGHT,
  })
  const cursor = useCursor(rows, columns.length, (row) => virtual.scrollToIndex(row))
  const template = `${NUMBER_WIDTH}px ${columnWidths(columns, rows).join('px ')}px`
  return (
    <>
      <div
        ref={box}
        role="grid"
        tabIndex={0}
        aria-label={label}
        aria-rowcount={rows.length + 1}
        aria-colcount={columns.length}
        aria-activedescendant={rows.length === 0 ? undefined : `${id}-${cursor.cell.row}-${cursor.cell.column}`}
        onKeyDown={cursor.onKeyDown}
        className="min-h-24 min-w-0 flex-1 overflow-auto"
      >
        <GridHead columns={columns} template={template} />
        <div role="rowgroup" className="relative w-max min-w-full" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => (
            <GridRow
              key={index}
              idPrefix={`${id}-${index}`}
              number={index + 1}
              start={start - HEAD_HEIGHT}
              template={template}
              row={rows[index] ?? []}
              active={cursor.cell.row === index ? cursor.cell.column : null}
              onChoose={(column) => cursor.choose({ row: index, column })}
              onOpen={(column) => cursor.open({ row: index, column })}
            />
          ))}
        </div>
      </div>
      <ValueDialog
        column={columns[cursor.opened?.column ?? -1] ?? null}
        value={cursor.opened === null ? null : valueAt(rows, cursor.opened)}
        onClose={() => cursor.open(null)}
      />
    </>
  )
}
