// The draft tree to the read tree: each embed finds its relationship, its aliases and its joins, and each
// clause the columns it is about.

import { type Catalog, findRelation } from '../../../catalog/catalog.ts'
import { Refusal } from '../../../refusal/refusal.ts'
import type { Range } from '../../request/api-request.ts'
import { type DraftNode, shownName } from './draft-node.ts'
import { findRelationship } from './find-relationship.ts'
import { joinAliasOf, joinEmbed, type Place } from './join-embed.ts'
import { type Embed, isToOne, type ReadNode, type Shown, type SpreadField } from './read-tree.ts'
import { resolveConditions } from './resolve-conditions.ts'
import { resolveFields } from './resolve-fields.ts'
import { resolveOrder } from './resolve-order.ts'
import { exposedFields, orderArrays, withoutAggregates } from './spread.ts'

export interface TreeContext {
  readonly catalog: Catalog
  /** The request's schema; embeds are looked for in it alone. */
  readonly schema: string
  /** Caps every query of the tree; null for no bound. */
  readonly maxRows: number | null
  readonly aggregatesEnabled: boolean
}

/**
 * Resolves the whole tree. Refuses `catalog.relationship-unknown`, `catalog.relationship-ambiguous`,
 * `request.embed-target-unknown` and `request.related-order` (orders), `request.aggregates-disabled`, and
 * `request.not-implemented` for aggregates in a to-many spread.
 */
export function planTree(context: TreeContext, root: DraftNode, place: Place): ReadNode {
  const { node } = planNode(context, root, place)
  if (!context.aggregatesEnabled && usesAggregates(root)) throw new Refusal('request.aggregates-disabled', {})
  refuseAggregatedArrays(node)
  return node
}

/** A planned query, and what a spread parent sees of it. */
interface PlannedNode {
  readonly node: ReadNode
  readonly exposed: readonly SpreadField[]
}

function planNode(context: TreeContext, draft: DraftNode, place: Place): PlannedNode {
  const { catalog } = context
  const relation = findRelation(catalog, place.relation)
  const aggregated = place.aggregated || hasAggregate(draft) || place.spread === 'arrays'
  const spread = place.spread !== null
  const fields = resolveFields(draft.fields, { catalog, relation, spread, spellOut: aggregated })
  const embeds = draft.children.map((child) => planEmbed(context, child, { ...place, aggregated }))
  const node: ReadNode = {
    source: place.source,
    ...place.joins,
    fields,
    orderFields: [],
    conditions: resolveConditions(catalog, relation, draft, embeds),
    order: resolveOrder(draft.order, place.relation.name, relation, embeds),
    range: capped(draft.range, context.maxRows),
    embeds,
  }
  return { node: place.spread === 'object' ? withoutAggregates(node) : node, exposed: exposedFields(node) }
}

function planEmbed(context: TreeContext, draft: DraftNode, parent: Place): Embed {
  const { item } = draft
  if (item === null) throw new TypeError('only the root of a select has no item')
  const relationship = findRelationship(context.catalog, {
    schema: context.schema,
    origin: parent.relation.name,
    target: item.relation,
    hint: item.hint,
  })
  const place = joinEmbed(parent, item, relationship)
  const joinAlias = joinAliasOf(item, relationship, place.depth)
  const planned = planNode(context, draft, place)
  const ordered = place.spread === 'arrays' ? orderArrays(planned.node, joinAlias) : null
  const shown: Shown =
    item.kind === 'embed'
      ? { kind: isToOne(relationship) ? 'object' : 'array', key: shownName(item), empty: selectsNothing(planned.node) }
      : ordered === null
        ? { kind: 'spread-object', fields: planned.exposed }
        : { kind: 'spread-arrays', fields: planned.exposed, order: ordered.order }
  return {
    node: ordered?.node ?? planned.node,
    relationship,
    joinAlias,
    join: item.join ?? 'left',
    name: shownName(item),
    shown,
  }
}

/** `maxRows` caps every query; asking for no rows at all stays that. */
function capped(range: Range, maxRows: number | null): Range {
  if (maxRows === null || (range.limit !== null && range.limit <= maxRows)) return range
  return { offset: range.offset, limit: maxRows }
}

function selectsNothing(node: ReadNode): boolean {
  return node.fields.length === 0 && node.embeds.every((embed) => selectsNothing(embed.node))
}

function hasAggregate(draft: DraftNode): boolean {
  return draft.fields.some((field) => field.aggregate !== null)
}

function usesAggregates(draft: DraftNode): boolean {
  return hasAggregate(draft) || draft.children.some(usesAggregates)
}

function refuseAggregatedArrays(node: ReadNode): void {
  for (const { shown, node: child } of node.embeds) {
    if (shown.kind === 'spread-arrays' && shown.fields.some((field) => field.aggregate !== null)) {
      throw new Refusal('request.not-implemented', {
        feature: 'Aggregates are not implemented for one-to-many or many-to-many spreads.',
      })
    }
    refuseAggregatedArrays(child)
  }
}
