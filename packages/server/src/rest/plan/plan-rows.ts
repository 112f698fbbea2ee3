// What every plan that ends in rows has: the select tree, and how its rows become an answer.

import type { Catalog, RelationName } from '../../catalog/catalog.ts'
import { Refusal } from '../../refusal/refusal.ts'
import type { RestConfig } from '../config.ts'
import type { ApiRequest } from '../request/api-request.ts'
import { negotiate } from './media/negotiate.ts'
import type { Answer, LegacyName, ReadPlan } from './plan.ts'
import { draftTree } from './tree/draft-node.ts'
import { planTree } from './tree/plan-tree.ts'
import type { ReadNode, Source } from './tree/read-tree.ts'

export interface PlanContext {
  readonly request: ApiRequest
  readonly catalog: Catalog
  readonly config: RestConfig
}

export interface PlannedTree {
  readonly tree: ReadNode
  readonly legacyNames: readonly LegacyName[]
}

/** The select tree over rows of `relation`. Refuses what `draftTree` and `planTree` refuse. */
export function planRows(context: PlanContext, source: Source, relation: RelationName): PlannedTree {
  const { request, catalog, config } = context
  const { root, legacyNames } = draftTree(request, config)
  const mutates = source.kind === 'result' && request.action.kind !== 'call'
  const maxRows = mutates ? null : config.maxRows
  const { aggregatesEnabled } = config
  const joins = { junction: null, joins: [] }
  const place = { source, relation, depth: 0, spread: null, aggregated: false, joins }
  const tree = planTree({ catalog, schema: request.schema, maxRows, aggregatesEnabled }, root, place)
  return { tree, legacyNames: config.legacyTargetNames ? legacyNames : [] }
}

/** What the rows are answered as. Refuses `request.media-type-unavailable`. */
export function answerFor({ request, catalog, config }: PlanContext, about: RelationName, tree: ReadNode): Answer {
  const [only, another] = tree.fields
  const isAll = only !== undefined && another === undefined && 'name' in only.field && only.field.name === '*'
  const wholeRows = isAll && only.aggregate === null && tree.embeds.length === 0
  return negotiate(request.accept, { catalog, about, wholeRows, planEnabled: config.planEnabled })
}

/** The answer where nobody will see a body. */
export function withoutBody(answer: Answer): Answer {
  return { ...answer, handler: { kind: 'none' } }
}

/** `handling=strict` and something in Prefer that nobody knows: `request.preferences-invalid`. */
export function refuseUnknownPreferences({ preferences }: ApiRequest): void {
  if (preferences.handling !== 'strict' || preferences.invalid.length === 0) return
  throw new Refusal('request.preferences-invalid', { preferences: preferences.invalid })
}

/** The members that all plans with rows share. */
export function rowsPlan(
  { request, config }: PlanContext,
  { tree, legacyNames }: PlannedTree,
  answer: Answer,
): Pick<ReadPlan, 'schema' | 'tree' | 'answer' | 'range' | 'count' | 'maxRows' | 'legacyNames'> {
  const { schema, range, preferences } = request
  return { schema, tree, answer, range, count: preferences.count, maxRows: config.maxRows, legacyNames }
}
