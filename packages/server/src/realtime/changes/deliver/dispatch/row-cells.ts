// The cells of a change by the names of its columns, as filters ask for them.

import type { Cell, Change, Relation } from '../../change.ts'
import { oldRow } from '../payload/old-row.ts'

export type CellOf = (column: string) => Cell

/** Of the new row; of a deleted one what is shown of it. `undefined` for what is not there. */
export function cellsOf(change: Change): CellOf {
  const row = change.record ?? oldRow(change) ?? []
  const places = placesIn(change.relation)
  return (column) => row[places.get(column) ?? -1]
}

/** Only of these columns. */
export function narrowed(cellOf: CellOf, columns: ReadonlySet<string>): CellOf {
  return (column) => (columns.has(column) ? cellOf(column) : undefined)
}

const known = new WeakMap<Relation, ReadonlyMap<string, number>>()

function placesIn(relation: Relation): ReadonlyMap<string, number> {
  const places = known.get(relation) ?? new Map(relation.columns.map(({ name }, at) => [name, at]))
  known.set(relation, places)
  return places
}
