// Spread embeds: whose columns become the parent's. To-one: as they are, and an aggregate among them is
// applied in the nearest query that is no spread. To-many: each column becomes an array, in the child's order.

import type { Embed, OrderBy, ReadNode, SelectedField, SpreadField } from './read-tree.ts'
import { outputName } from './resolve-fields.ts'
import { unknownField } from './resolve-field.ts'

/** What a parent sees of this query if it spreads it: its fields, then its embeds by name. */
export function exposedFields(node: ReadNode): readonly SpreadField[] {
  const own = node.fields.map((field) => ({
    name: outputName(field),
    alias: field.aggregate === null ? null : field.alias,
    aggregate: field.aggregate,
  }))
  return [...own, ...node.embeds.flatMap(exposedEmbed)]
}

function exposedEmbed({ shown }: Embed): readonly SpreadField[] {
  if (shown.kind === 'spread-object' || shown.kind === 'spread-arrays') return shown.fields
  return shown.empty ? [] : [{ name: shown.key, alias: null, aggregate: null }]
}

/** A to-one spread's query, its aggregates left to whoever spreads it. */
export function withoutAggregates(node: ReadNode): ReadNode {
  return {
    ...node,
    fields: node.fields.map((field) => ({ ...field, aggregate: null })),
    embeds: node.embeds.map((embed) => {
      if (embed.shown.kind !== 'spread-object') return embed
      const fields = embed.shown.fields.map(({ name }) => ({ name, alias: null, aggregate: null }))
      return { ...embed, shown: { kind: 'spread-object', fields } }
    }),
  }
}

/**
 * Moves a to-many spread's order into the making of its arrays: what it orders by is selected beside the
 * rest, under aliases that collide with nothing. A query that is cut to a range keeps its own order too.
 */
export function orderArrays(node: ReadNode, joinAlias: string): { node: ReadNode; order: readonly OrderBy[] } {
  const orderFields = node.order.map((term, index) => ({
    joinAlias: term.joinAlias,
    selected: orderField(term, `${joinAlias}_${term.field.name}_${index + 1}`),
  }))
  const order = node.order.map((term, index) => ({
    joinAlias: null,
    field: unknownField(orderFields[index]?.selected.alias ?? '', []),
    direction: term.direction,
    nulls: term.nulls,
  }))
  const isCut = node.range.limit !== null || node.range.offset > 0
  return { node: { ...node, orderFields, order: isCut ? node.order : [] }, order }
}

function orderField({ field }: OrderBy, alias: string): SelectedField {
  return { field, cast: null, aggregate: null, alias }
}
