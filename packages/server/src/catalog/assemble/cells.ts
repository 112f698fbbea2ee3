// Reading the text cells of Postgres' answers. A cell that is missing or malformed means that a query and its
// reader disagree: a fault of ours, never of the request.

import type { Rows } from '../../database/statement.ts'

/** One row of an answer, every value as Postgres prints it. */
export type Cells = Rows['rows'][number]

/** The cell's text. Throws where it is NULL. */
export function textAt(cells: Cells, index: number): string {
  const cell = cells[index]
  if (cell === null || cell === undefined) throw new TypeError(`the catalog's column ${index} is NULL`)
  return cell
}

export function textOrNullAt(cells: Cells, index: number): string | null {
  return cells[index] ?? null
}

export function numberAt(cells: Cells, index: number): number {
  return Number(textAt(cells, index))
}

/** Postgres prints booleans as `t` and `f`. */
export function booleanAt(cells: Cells, index: number): boolean {
  return textAt(cells, index) === 't'
}

/** The parsed JSON of a cell whose shape the query fixes; `fallback` for NULL. */
export function jsonAt<Value>(cells: Cells, index: number, fallback: Value): Value {
  const cell = cells[index]
  return cell === null || cell === undefined ? fallback : (JSON.parse(cell) as Value)
}

/** Groups rows under the text of one cell, keeping their order. */
export function groupByCell(rows: Rows, index: number): Map<string, Cells[]> {
  const groups = new Map<string, Cells[]>()
  for (const cells of rows.rows) {
    const key = textAt(cells, index)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [cells])
    else group.push(cells)
  }
  return groups
}
