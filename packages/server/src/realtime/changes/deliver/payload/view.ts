// What one role, with one list of columns, gets to see of a table's changes.

import type { Relation } from '../../change.ts'
import type { RoleFacts, TableFacts } from '../../tables/table-facts.ts'

/** Shared by every subscription that sees the same columns, so that what they are sent is written once. */
export interface View {
  readonly kind: 'view'
  readonly columns: readonly ViewColumn[]
  /** `columns` of the payload, as JSON. */
  readonly columnsJson: string
  /** The primary key's names among them. */
  readonly keys: ReadonlySet<string>
  /** Why there is nothing to see; null where there is. */
  readonly error: string | null
}

export interface ViewColumn {
  readonly name: string
  /** `"name":` as JSON. */
  readonly label: string
}

const NO_KEY = 'Error 400: Bad Request, no primary key'
const KEY_UNREADABLE = 'Error 401: Unauthorized'

/** What the role may read, narrowed to the columns selected and the primary key. */
export function viewOf(table: TableFacts, role: RoleFacts, select: readonly string[] | null): View {
  const keys = new Set(table.primaryKey)
  if (keys.size === 0) return nothing(NO_KEY)
  if (table.primaryKey.some((name) => !role.readableColumns.has(name))) return nothing(KEY_UNREADABLE)
  const shown = table.columns.filter(
    ({ name }) => role.readableColumns.has(name) && (select === null || select.includes(name) || keys.has(name)),
  )
  return {
    kind: 'view',
    columns: shown.map(({ name }) => ({ name, label: `${JSON.stringify(name)}:` })),
    columnsJson: JSON.stringify(shown.map(({ name, typeName }) => ({ name, type: typeName }))),
    keys,
    error: null,
  }
}

function nothing(error: string): View {
  return { kind: 'view', columns: [], columnsJson: '[]', keys: new Set(), error }
}

/** Where each column of the view stands in the rows of a relation; -1 where the relation lacks it. */
export function positionsIn(view: View, relation: Relation): readonly number[] {
  const known = positions.get(view)
  if (known?.relation === relation) return known.at
  const at = view.columns.map(({ name }) => relation.columns.findIndex((column) => column.name === name))
  positions.set(view, { relation, at })
  return at
}

// One relation after the other, and seldom another: the last answer is nearly always the next one.
const positions = new WeakMap<View, { readonly relation: Relation; readonly at: readonly number[] }>()
