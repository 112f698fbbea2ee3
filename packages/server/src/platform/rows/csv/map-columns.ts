// Which field of a file goes into which column.

import { Refusal } from '../../../refusal/refusal.ts'
import type { Column, Relation } from '../relation/relation.ts'

/** The column of each field; null for a field that is left out. */
export type FieldColumns = readonly (Column | null)[]

/**
 * By the header's names, or by `chosen`: a column's name or null for each field. Refuses `platform.csv-header` for names
 * that are no columns, come twice, or leave nothing to import.
 */
export function mapColumns(
  relation: Relation,
  header: readonly string[],
  chosen: readonly (string | null)[] | null,
): FieldColumns {
  const names = chosen ?? header
  if (names.length !== header.length) {
    throw refused(`The file has ${header.length} fields a line, and ${names.length} are mapped.`)
  }
  const mapped = names.map((name) => (name === null ? null : columnNamed(relation, name)))
  const used = mapped.flatMap((column) => (column === null ? [] : [column.name]))
  const twice = used.find((name, index) => used.indexOf(name) !== index)
  if (twice !== undefined) throw refused(`Column ${twice} comes twice.`)
  if (used.length === 0) throw refused('No field goes into a column.')
  return mapped
}

function columnNamed(relation: Relation, name: string): Column {
  const column = relation.columns.find((each) => each.name === name.trim())
  if (column !== undefined) return column
  const known = relation.columns.map((each) => each.name).join(', ')
  throw refused(`${relation.name} has no column ${JSON.stringify(name)}; it has ${known}.`)
}

function refused(reason: string): Refusal {
  return new Refusal('platform.csv-header', { reason })
}
