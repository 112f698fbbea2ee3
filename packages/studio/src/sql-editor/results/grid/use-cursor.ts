// The grid's cursor: where it is, where keys lead it, which value is open.

import { type KeyboardEvent, useState } from 'react'

import { copyText } from '../../../ui/display/copy-text.ts'
import type { Row } from '../../run/run-answer.ts'
import { type Cell, moveCell, valueAt } from './grid-cells.ts'

interface Cursor {
  readonly cell: Cell
  /** The value that is shown whole. */
  readonly opened: Cell | null
  readonly choose: (cell: Cell) => void
  readonly open: (cell: Cell | null) => void
  readonly onKeyDown: (event: KeyboardEvent) => void
}

/** `onMove` brings a row into view. */
export function useCursor(rows: readonly Row[], columns: number, onMove: (row: number) => void): Cursor {
  const [cell, choose] = useState<Cell>({ row: 0, column: 0 })
  const [opened, open] = useState<Cell | null>(null)
  const onKeyDown = (event: KeyboardEvent) => {
    const next = moveCell(cell, event.key, { rows: rows.length, columns })
    if (next !== null) {
      event.preventDefault()
      choose(next)
      onMove(next.row)
    } else if (event.key === 'Enter') {
      // The key would press the dialog's first button, too.
      event.preventDefault()
      open(cell)
    } else if (isCopy(event)) void copyText(valueAt(rows, cell) ?? '', null)
  }
  return { cell, opened, choose, open, onKeyDown }
}

/** Unless text is selected, which the browser copies. */
function isCopy({ key, ctrlKey, metaKey }: KeyboardEvent): boolean {
  return key === 'c' && (ctrlKey || metaKey) && getSelection()?.isCollapsed !== false
}
