// A row of the stream as the JSON object that clients read.

import type { Cell, Relation } from '../../change.ts'
import type { PrintCell } from '../../decode/cells/cell-printer.ts'
import { positionsIn, type View } from './view.ts'

/** Cells that a row which is too large may keep, in bytes of their text. */
const SMALL = 64

export interface RowParts {
  /** Only what names the row. */
  readonly keysOnly: boolean
  /** Only what is small. */
  readonly smallOnly: boolean
}

/** Cells that the stream left out are left out. `printers` are the relation's, in the order of its columns. */
export function rowJson(
  view: View,
  relation: Relation,
  row: readonly Cell[],
  printers: readonly PrintCell[],
  { keysOnly, smallOnly }: RowParts,
): string {
  const positions = positionsIn(view, relation)
  const fields: string[] = []
  view.columns.forEach(({ name, label }, at) => {
    const position = positions[at] ?? -1
    const cell = row[position]
    const print = printers[position]
    if (print === undefined || cell === undefined || (keysOnly && !view.keys.has(name))) return
    if (smallOnly && cell !== null && Buffer.byteLength(cell) > SMALL) return
    fields.push(label + (cell === null ? 'null' : print(cell)))
  })
  return `{${fields.join(',')}}`
}
