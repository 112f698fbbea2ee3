// What the endpoints that make or change one row answer with.

import type { Column, Relation } from '../relation/relation.ts'
import { type Row, rowFrom } from '../reading/row.ts'
import type { Assignment } from '../sql/change-sql.ts'
import { columnOf } from '../relation/describe-relation.ts'

export interface ChangedRow {
  readonly columns: readonly { readonly name: string; readonly type: string }[]
  /** The row as it now is; null in a preview, or where the role may not see what it made. */
  readonly row: Row | null
  readonly sql: string
}

/** `cells` are those of the row by `columns`; undefined where none came back. */
export function changedRow(
  relation: Relation,
  columns: readonly Column[],
  cells: readonly (string | null)[] | undefined,
  statement: string,
): ChangedRow {
  return {
    columns: columns.map(({ name, type }) => ({ name, type })),
    row: cells === undefined ? null : rowFrom(cells, relation, columns, 0),
    sql: statement,
  }
}

/** Values and defaults of a request by column. Refuses `platform.column-unknown`. */
export function assignmentsOf(
  relation: Relation,
  values: Readonly<Record<string, string | null>>,
  defaults: readonly string[],
): readonly Assignment[] {
  return [
    ...Object.entries(values).map(([name, text]) => ({ column: columnOf(relation, name).name, value: { text } })),
    ...defaults.map((name) => ({ column: columnOf(relation, name).name, value: 'default' as const })),
  ]
}
