// A row as the grid gets it.

import { type Column, namingKey, type Relation } from '../relation/relation.ts'

export interface Row {
  /** Each column as Postgres prints it; null is NULL. */
  readonly cells: readonly (string | null)[]
  /** By column name, how long the whole value is of which the cell shows the beginning. Characters. */
  readonly cut: Readonly<Record<string, number>>
  /** The key's values by column; null where the table has no key. */
  readonly key: Readonly<Record<string, string>> | null
  /** Where the row lies, for tables without a key. */
  readonly place: string | null
  /** Changes with every change of the row. */
  readonly version: string | null
}

/** Puts together what the page statement selects, in its order. */
export function rowFrom(
  cells: readonly (string | null)[],
  relation: Relation,
  columns: readonly Column[],
  orderTerms: number,
): Row {
  const [version = null, place = null] = cells
  const naming = namingKey(relation)
  const from = 2 + naming.length + orderTerms
  const long = columns.filter((column) => column.long)
  const lengths = cells.slice(from + columns.length)
  const cut = long.flatMap(({ name }, index) => (lengths[index] == null ? [] : [[name, Number(lengths[index])]]))
  return {
    cells: cells.slice(from, from + columns.length),
    cut: Object.fromEntries(cut),
    key:
      relation.rowsBy === 'key'
        ? Object.fromEntries(naming.map((name, index) => [name, cells[2 + index] ?? '']))
        : null,
    place: relation.rowsBy === 'place' ? place : null,
    version,
  }
}
