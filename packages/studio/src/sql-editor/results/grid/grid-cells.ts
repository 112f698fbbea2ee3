// Where the grid's cursor goes, and how wide its columns are.

import type { Column, Row } from '../../run/run-answer.ts'

export interface Cell {
  readonly row: number
  readonly column: number
}

/** Null for NULL, and where there is no such cell. */
export function valueAt(rows: readonly Row[], { row, column }: Cell): string | null {
  return rows[row]?.[column] ?? null
}

interface Extent {
  readonly rows: number
  readonly columns: number
}

const PAGE = 20

/** Where a key leads; null for keys that do not move. */
export function moveCell({ row, column }: Cell, key: string, { rows, columns }: Extent): Cell | null {
  const to = (nextRow: number, nextColumn: number): Cell => ({
    row: Math.max(0, Math.min(rows - 1, nextRow)),
    column: Math.max(0, Math.min(columns - 1, nextColumn)),
  })
  switch (key) {
    case 'ArrowUp':
      return to(row - 1, column)
    case 'ArrowDown':
      return to(row + 1, column)
    case 'ArrowLeft':
      return to(row, column - 1)
    case 'ArrowRight':
      return to(row, column + 1)
    case 'PageUp':
      return to(row - PAGE, column)
    case 'PageDown':
      return to(row + PAGE, column)
    case 'Home':
      return to(row, 0)
    case 'End':
      return to(row, columns - 1)
    default:
      return null
  }
}

/** Pixels of a character in the grid's type. */
const CHARACTER = 7.4
const PADDING = 22
const NARROWEST = 80
const WIDEST = 420
/** The first rows tell how wide the others are. */
const MEASURED = 60

/** Pixels. */
export function columnWidths(columns: readonly Column[], rows: readonly Row[]): readonly number[] {
  return columns.map(({ name, type }, index) => {
    const lengths = rows.slice(0, MEASURED).map((row) => row[index]?.length ?? 4)
    const longest = Math.max(name.length, type.length, ...lengths)
    return Math.round(Math.min(WIDEST, Math.max(NARROWEST, longest * CHARACTER + PADDING)))
  })
}
