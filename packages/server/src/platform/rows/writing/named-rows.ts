// Rows that a request names, held against what the relation needs of a name.

import { Refusal } from '../../../refusal/refusal.ts'
import type { Relation } from '../relation/relation.ts'
import type { RowName } from '../row-requests.ts'

/** Refuses `platform.rows-unnamed` where rows have no name, and `request.body-invalid` for half a name. */
export function checkNames(relation: Relation, rows: readonly RowName[]): void {
  const { schema, name, kind, rowsBy, key } = relation
  if (rowsBy === null) throw new Refusal('platform.rows-unnamed', { schema, name, kind })
  for (const row of rows) {
    if (rowsBy === 'place' && (row.place === null || row.version === null)) {
      throw new Refusal('request.body-invalid', { reason: 'row: a table without a key needs place and version' })
    }
    const missing = rowsBy === 'key' ? key.find((column) => row.key?.[column] === undefined) : undefined
    if (missing !== undefined) throw new Refusal('request.body-invalid', { reason: `row.key: ${missing} is missing` })
  }
}
