// Order terms of one query, resolved; `rel(col)` orders by a column of a to-one embed.

import type { Relation } from '../../../catalog/catalog.ts'
import { Refusal } from '../../../refusal/refusal.ts'
import type { OrderTerm } from '../../request/api-request.ts'
import { type Embed, isToOne, type OrderBy } from './read-tree.ts'
import { resolveField, unknownField } from './resolve-field.ts'

/** Refuses `request.embed-target-unknown` for an embed that select lacks, `request.related-order` for a to-many one. */
export function resolveOrder(
  terms: readonly OrderTerm[],
  origin: string,
  relation: Relation | undefined,
  embeds: readonly Embed[],
): readonly OrderBy[] {
  return terms.map(({ field, relation: related, direction, nulls }) => {
    if (related === null) return { joinAlias: null, field: resolveField(relation, field), direction, nulls }
    const embed = embeds.find((candidate) => candidate.name === related)
    if (embed === undefined) throw new Refusal('request.embed-target-unknown', { target: related, alias: null })
    if (!isToOne(embed.relationship)) throw new Refusal('request.related-order', { origin, target: related })
    return { joinAlias: embed.joinAlias, field: unknownField(field.name, field.path), direction, nulls }
  })
}
