// A row of the stream as the JSON object that clients read.

import type { Cell, Relation } from '../../change.ts'
import { positionsIn, type View } from './view.ts'

/** A cell as JSON text, in the form that `to_jsonb` gives its type. */
export type PrintCell = (typeOid: number, text: string) => string

/** Cells that a row which is too large may keep, in bytes of their text. */
const SMALL = 64

export interface RowParts {
  /** Only what names the row. */
  readonly keysOnly: boolean
  /** Only what is small. */
  readonly smallOnly: boolean
}

/** Cells that the stream left out are left out. */
export function rowJson(
  view: View,
  relation: Relation,
  row: readonly Cell[],
  print: PrintCell,
  { keysOnly, smallOnly }: RowParts,
): string {
  const positions = positionsIn(view, relation)
  const fields: string[] = []
  view.columns.forEach(({ name, typeOid, label }, at) => {
    const cell = row[positions[at] ?? -1]
    if (cell === undefined || (keysOnly && !view.keys.has(name))) return
    if (smallOnly && cell !== null && Buffer.byteLength(cell) > SMALL) return
    fields.push(label + (cell === null ? 'null' : print(typeOid, cell)))
  })
  return `{${fields.join(',')}}`
}
