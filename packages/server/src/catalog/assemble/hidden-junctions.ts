// What a junction in a schema that is not exposed would have joined. No embed may go through it, but the relations
// at its ends count as related: a hint about an embed that fails there says nothing about the origin's name.

import type { RelationName } from '../catalog.ts'
import type { ForeignKey, UniqueKey } from './constraints.ts'
import { viewsOfKey, type ViewsOfTables } from './view-keys.ts'

/** The exposed relations, tables and views, that two foreign keys of one hidden table within its primary key reference. */
export function endsOfHiddenJunctions(
  foreignKeys: readonly ForeignKey[],
  primaryKeys: readonly UniqueKey[],
  views: ViewsOfTables,
  exposed: ReadonlySet<string>,
): RelationName[] {
  const keyOf = new Map(primaryKeys.map((key) => [key.oid, new Set(key.columns.map(([number]) => number))]))
  const joining = Map.groupBy(
    foreignKeys.filter(({ from, unique }) => {
      const key = keyOf.get(from.oid)
      return !unique && !exposed.has(from.schema) && from.columns.every(([number]) => key?.has(number) === true)
    }),
    ({ from }) => from.oid,
  )
  return [...joining.values()]
    .filter((keys) => keys.length > 1)
    .flatMap((keys) => keys.flatMap(({ to }) => [{ schema: to.schema, name: to.name }, ...viewsOfKey(views, to)]))
    .filter(({ schema }) => exposed.has(schema))
    .map(({ schema, name }) => ({ schema, name }))
}
