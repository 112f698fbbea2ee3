// Why a cell takes no value, for whoever begins to change it.

import type { Relation } from '../../rows/relation.ts'

/** One sentence; null for a cell that can be changed, and for a column that is not there. */
export function whyFixed(relation: Relation, columnIndex: number): string | null {
  const column = relation.columns[columnIndex]
  if (column === undefined) return null
  if (relation.rowsBy === null) return `Rows of ${relation.name} cannot be changed here: ${whyUnnamed(relation)}.`
  if (column.given === 'generated')
    return `${column.name} cannot be changed: Postgres generates it, as ${column.default ?? 'the table says'}.`
  if (column.given === 'always')
    return `${column.name} cannot be changed: Postgres numbers it, generated always as identity.`
  return null
}

/** Rows of a table with a key, or in one place, go unnamed only where the role does not see them whole. */
function whyUnnamed({ kind, key }: Relation): string {
  if (kind === 'view') return 'it is a view'
  if (kind === 'materialized') return 'it is a materialized view'
  if (kind === 'foreign') return 'it is a foreign table'
  if (kind === 'partitioned' && key.length === 0) return 'it is partitioned and has no primary key'
  return 'this role may not read all of their columns'
}
