// A row with every value whole, where the page had only the beginnings of some.

import { nameOf, type Relation, type Row } from './relation.ts'
import { fetchCell } from './requests.ts'

/** The same row where nothing was cut. Throws RequestRefused, as for a row that is gone. */
export async function wholeRow(relation: Relation, row: Row, as: object | null): Promise<Row> {
  if (Object.keys(row.cut).length === 0) return row
  const cells = await Promise.all(
    relation.columns.map(async ({ name }, index) =>
      row.cut[name] === undefined ? (row.cells[index] ?? null) : await fetchCell(relation, nameOf(row), name, as),
    ),
  )
  return { ...row, cells, cut: {} }
}
