// Where the keys of a spreadsheet lead.

/** A cell by its row and column, counted from 0. */
export interface CellPlace {
  readonly row: number
  readonly column: number
}

interface Grid {
  readonly rows: number
  readonly columns: number
  /** Rows that a page has. */
  readonly page: number
}

interface Key {
  readonly key: string
  readonly ctrl: boolean
}

/** The cell that the key leads to; null for a key that leads nowhere. */
export function moveCell({ row, column }: CellPlace, { key, ctrl }: Key, grid: Grid): CellPlace | null {
  const lastRow = grid.rows - 1
  const lastColumn = grid.columns - 1
  switch (key) {
    case 'ArrowUp':
      return within({ row: ctrl ? 0 : row - 1, column }, grid)
    case 'ArrowDown':
      return within({ row: ctrl ? lastRow : row + 1, column }, grid)
    case 'ArrowLeft':
      return within({ row, column: ctrl ? 0 : column - 1 }, grid)
    case 'ArrowRight':
      return within({ row, column: ctrl ? lastColumn : column + 1 }, grid)
    case 'PageUp':
      return within({ row: row - grid.page, column }, grid)
    case 'PageDown':
      return within({ row: row + grid.page, column }, grid)
    case 'Home':
      return within({ row: ctrl ? 0 : row, column: 0 }, grid)
    case 'End':
      return within({ row: ctrl ? lastRow : row, column: lastColumn }, grid)
    default:
      return null
  }
}

/** The next cell, at a row's end the first of the next row; backwards likewise. Stays where there is none. */
export function nextCell({ row, column }: CellPlace, backwards: boolean, grid: Grid): CellPlace {
  const step = column + (backwards ? -1 : 1)
  if (step >= 0 && step < grid.columns) return { row, column: step }
  const beside = backwards ? { row: row - 1, column: grid.columns - 1 } : { row: row + 1, column: 0 }
  return beside.row < 0 || beside.row >= grid.rows ? { row, column } : beside
}

function within({ row, column }: CellPlace, { rows, columns }: Grid): CellPlace {
  return { row: clamp(row, rows - 1), column: clamp(column, columns - 1) }
}

function clamp(value: number, most: number): number {
  return Math.max(0, Math.min(most, value))
}
