// Foreign keys as links from a referencing to a referenced relation, tables and views alike. A view that shows
// all columns of one side of a foreign key stands in for that side's table; one that shows a column under
// several names does so once for every combination.

import type { RelationName } from '../catalog.ts'
import type { ForeignKey } from './constraints.ts'
import { viewsOfKey, type ViewKey, type ViewsOfTables } from './view-keys.ts'

/** One way from a referencing relation to a referenced one. */
export interface Link {
  readonly constraint: string
  readonly unique: boolean
  readonly from: LinkEnd
  readonly to: LinkEnd
  readonly selfReferencing: boolean
}

export interface LinkEnd extends RelationName {
  readonly isView: boolean
  readonly columns: readonly string[]
}

/** All links between relations of the exposed schemas. */
export function linksOf(
  foreignKeys: readonly ForeignKey[],
  views: ViewsOfTables,
  exposed: ReadonlySet<string>,
): Link[] {
  return foreignKeys.flatMap((key) => {
    const froms = endsOf(key.from, viewsOfKey(views, key.from)).filter(({ schema }) => exposed.has(schema))
    const tos = endsOf(key.to, viewsOfKey(views, key.to)).filter(({ schema }) => exposed.has(schema))
    const { constraint, unique } = key
    return froms.flatMap((from) =>
      tos.map((to) => ({ constraint, unique, from, to, selfReferencing: isSame(from, to) })),
    )
  })
}

function endsOf(side: ForeignKey['from'], views: readonly ViewKey[]): LinkEnd[] {
  const table = { schema: side.schema, name: side.name, isView: false, columns: side.columns.map(([, name]) => name) }
  const shown = views.flatMap(({ schema, name, names }) =>
    combinations(names).map((columns) => ({ schema, name, isView: true, columns })),
  )
  return [table, ...shown]
}

/** Every way to take one of each. */
function combinations(choices: readonly (readonly string[])[]): string[][] {
  return choices.reduce<string[][]>(
    (taken, some) => taken.flatMap((before) => some.map((name) => [...before, name])),
    [[]],
  )
}

function isSame(a: RelationName, b: RelationName): boolean {
  return a.schema === b.schema && a.name === b.name
}
