// Filters and logic trees of one query, resolved; `rel=is.null` about an embed becomes a question to its join.

import type { Catalog, Relation } from '../../../catalog/catalog.ts'
import type { Filter, LogicTree } from '../../request/api-request.ts'
import type { DraftNode } from './draft-node.ts'
import type { Condition, Embed } from './read-tree.ts'
import { resolveFilter } from './resolve-field.ts'

/** All conditions of a query, ANDed. */
export function resolveConditions(
  catalog: Catalog,
  relation: Relation | undefined,
  draft: Pick<DraftNode, 'filters' | 'logic'>,
  embeds: readonly Embed[],
): readonly Condition[] {
  const ofFilter = (filter: Filter): Condition => {
    const embed = embedAskedForNull(filter, embeds)
    if (embed !== undefined) return { kind: 'embed-null', negated: filter.negated, joinAlias: embed.joinAlias }
    return { kind: 'filter', filter: resolveFilter(catalog, relation, filter) }
  }
  const ofTree = (tree: LogicTree): Condition =>
    tree.kind === 'filter'
      ? ofFilter(tree.filter)
      : { kind: tree.kind, negated: tree.negated, members: tree.members.map(ofTree) }
  return [...draft.logic.map(ofTree), ...draft.filters.map(ofFilter)]
}

function embedAskedForNull({ field, operation }: Filter, embeds: readonly Embed[]): Embed | undefined {
  if (embeds.length === 0 || operation.kind !== 'is' || operation.value !== 'null' || field.path.length > 0) {
    return undefined
  }
  return embeds.find((embed) => embed.name === field.name)
}
