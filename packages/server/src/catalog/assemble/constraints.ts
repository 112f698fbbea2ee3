// Constraints as the rest of the assembly needs them, from the rows of `constraintsStatement`.

import type { Rows } from '../../database/statement.ts'
import { jsonAt, textAt, type Cells } from './cells.ts'

/** One side of a constraint: the table and its columns, in the constraint's order. */
export interface KeySide {
  /** The table's oid, as text. */
  readonly oid: string
  readonly schema: string
  readonly name: string
  readonly columns: readonly (readonly [number: number, name: string])[]
}

export interface UniqueKey extends KeySide {
  readonly constraint: string
}

export interface ForeignKey {
  readonly constraint: string
  readonly from: KeySide
  readonly to: KeySide
  /** At most one referencing row for each referenced one: its columns are exactly those of a key of its table. */
  readonly unique: boolean
}

export interface Constraints {
  readonly primaryKeys: readonly UniqueKey[]
  readonly foreignKeys: readonly ForeignKey[]
}

type SideColumns = readonly (readonly [number, string])[]

/** Sorts the rows by kind and finds out which foreign keys are one-to-one. */
export function readConstraints(rows: Rows): Constraints {
  const primaryKeys: UniqueKey[] = []
  const uniqueSets = new Set<string>()
  for (const cells of rows.rows) {
    const letter = textAt(cells, 0)
    if (letter === 'f') continue
    const side = referencingSide(cells)
    uniqueSets.add(columnSet(side))
    if (letter === 'p') primaryKeys.push({ constraint: textAt(cells, 1), ...side })
  }
  const foreignKeys = rows.rows
    .filter((cells) => cells[0] === 'f')
    .map((cells): ForeignKey => {
      const from = referencingSide(cells)
      return { constraint: textAt(cells, 1), from, to: referencedSide(cells), unique: uniqueSets.has(columnSet(from)) }
    })
  return { primaryKeys, foreignKeys }
}

function referencingSide(cells: Cells): KeySide {
  return {
    oid: textAt(cells, 2),
    schema: textAt(cells, 3),
    name: textAt(cells, 4),
    columns: jsonAt<SideColumns>(cells, 5, []),
  }
}

function referencedSide(cells: Cells): KeySide {
  return {
    oid: textAt(cells, 6),
    schema: textAt(cells, 7),
    name: textAt(cells, 8),
    columns: jsonAt<SideColumns>(cells, 9, []),
  }
}

function columnSet(side: KeySide): string {
  const numbers = side.columns.map(([number]) => number).toSorted((a, b) => a - b)
  return `${side.oid}:${numbers.join(',')}`
}
