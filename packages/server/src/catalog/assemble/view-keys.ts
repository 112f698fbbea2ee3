// Which keys show through which views: a view has a key of its table when it shows all of the key's columns.

import type { Rows } from '../../database/statement.ts'
import { groupByCell, numberAt, textAt, textOrNullAt } from './cells.ts'
import type { KeySide, UniqueKey } from './constraints.ts'
import { parseViewTree, traceViews, type ViewTree } from './view-origins.ts'

/** A key as one view shows it. */
export interface ViewKey {
  readonly schema: string
  readonly name: string
  /** For each column of the key, in the key's order, every name it has in the view. */
  readonly names: readonly (readonly string[])[]
}

interface ViewOfTable {
  readonly schema: string
  readonly name: string
  /** Attribute number of the table → the view's names for it. */
  readonly columns: ReadonlyMap<number, readonly string[]>
}

/** Table's oid → the views that show any of it. */
export type ViewsOfTables = ReadonlyMap<string, readonly ViewOfTable[]>

/** Traces all views among the rows of `relationsStatement`, naming their columns by those of `columnsStatement`. */
export function viewsOfTables(relations: Rows, columns: Rows): ViewsOfTables {
  const trees = new Map<string, ViewTree>()
  for (const cells of relations.rows) {
    const tree = textOrNullAt(cells, 8)
    if (tree !== null) trees.set(textAt(cells, 0), parseViewTree(tree))
  }
  const columnsOf = groupByCell(columns, 0)
  const traced = traceViews(trees)
  const views = new Map<string, ViewOfTable[]>()
  for (const cells of relations.rows) {
    const oid = textAt(cells, 0)
    const names = new Map((columnsOf.get(oid) ?? []).map((column) => [numberAt(column, 1), textAt(column, 2)]))
    for (const [table, shown] of traced.get(oid) ?? []) {
      const named = new Map([...shown].map(([column, numbers]) => [column, namesOf(numbers, names)]))
      const view = { schema: textAt(cells, 1), name: textAt(cells, 2), columns: named }
      views.set(table, [...(views.get(table) ?? []), view])
    }
  }
  return views
}

/** Every view that shows the whole key. */
export function viewsOfKey(views: ViewsOfTables, key: KeySide): ViewKey[] {
  const shown: ViewKey[] = []
  for (const { schema, name, columns } of views.get(key.oid) ?? []) {
    const names = key.columns.map(([number]) => columns.get(number) ?? [])
    if (names.every((some) => some.length > 0)) shown.push({ schema, name, names })
  }
  return shown
}

/**
 * The primary keys that views inherit, by `schema` and `name`: the columns of every key that shows through,
 * each by its first name.
 */
export function primaryKeysOfViews(
  views: ViewsOfTables,
  primaryKeys: readonly UniqueKey[],
): Map<string, Map<string, string[]>> {
  const inherited = new Map<string, Map<string, string[]>>()
  for (const key of primaryKeys) {
    for (const { schema, name, names } of viewsOfKey(views, key)) {
      const ofSchema = inherited.get(schema) ?? new Map<string, string[]>()
      inherited.set(schema, ofSchema)
      const firstNames = names.flatMap((some) => some.slice(0, 1))
      ofSchema.set(name, [...(ofSchema.get(name) ?? []), ...firstNames])
    }
  }
  return inherited
}

/** Entries that a query sorts by without showing them have a number and no name. */
function namesOf(numbers: readonly number[], names: ReadonlyMap<number, string>): string[] {
  return numbers.map((number) => names.get(number)).filter((name) => name !== undefined)
}
