// The planning stage: a request and the catalog to a plan. Everything that the database's schema decides is
// decided here, in PostgREST's order: names, embeds and filters, body, media type, preferences.

import { type Catalog, findRelation, type Relation, type RelationName, type Routine } from '../../catalog/catalog.ts'
import { Refusal } from '../../refusal/refusal.ts'
import type { RestConfig } from '../config.ts'
import type { ApiRequest } from '../request/api-request.ts'
import { planCall } from './call/plan-call.ts'
import { suggestRelation } from './fuzzy/suggest-relation.ts'
import { negotiate } from './media/negotiate.ts'
import { planMutation } from './mutation/plan-mutation.ts'
import { returningColumns } from './mutation/returning-columns.ts'
import { planOptions } from './plan-options.ts'
import type { Answer, CallPlan, LegacyName, MutationPlan, Plan, ReadPlan } from './plan.ts'
import { draftTree } from './tree/draft-node.ts'
import { planTree } from './tree/plan-tree.ts'
import type { Condition, ReadNode, Source } from './tree/read-tree.ts'

/** Refuses `catalog.*` for what does not exist, and what `planTree`, `planMutation`, `planCall` and `negotiate` refuse. */
export function planFor(request: ApiRequest, catalog: Catalog, config: RestConfig): Plan {
  const { target, action, schema } = request
  if (action.kind === 'options') return planOptions(request, catalog)
  switch (target.kind) {
    case 'root': {
      const headersOnly = action.kind === 'describe' && action.headersOnly
      return planDescribe(request, headersOnly)
    }
    case 'routine':
      return planRoutine(request, { schema, name: target.name }, catalog, config)
    case 'relation': {
      const relation = knownRelation(catalog, { schema, name: target.name })
      return action.kind === 'read'
        ? planRead(request, relation, action.headersOnly, catalog, config)
        : planChange(request, relation, catalog, config)
    }
  }
}

/** Refuses `catalog.relation-unknown`. */
export function knownRelation(catalog: Catalog, name: RelationName): Relation {
  const relation = findRelation(catalog, name)
  if (relation !== undefined) return relation
  const suggestion = suggestRelation(catalog, name)
  throw new Refusal('catalog.relation-unknown', { schema: name.schema, relation: name.name, suggestion })
}

function planDescribe(request: ApiRequest, headersOnly: boolean): Plan {
  const produced = ['application/openapi+json', 'application/json', '*/*']
  if (!request.accept.some(({ essence }) => produced.includes(essence))) {
    const mediaTypes = request.accept.map(({ written }) => written)
    throw new Refusal('request.media-type-unavailable', { mediaTypes })
  }
  return { kind: 'describe', schema: request.schema, headersOnly }
}

function planRead(
  request: ApiRequest,
  relation: Relation,
  headersOnly: boolean,
  catalog: Catalog,
  config: RestConfig,
): ReadPlan {
  const source: Source = { kind: 'relation', name: { schema: relation.schema, name: relation.name }, alias: null }
  const { tree, legacyNames } = treeOf(request, source, relation, catalog, config)
  const answer = answerOf(request, relation, tree, catalog, config)
  refuseStrictly(request)
  const shown = headersOnly ? withoutBody(answer) : answer
  return { kind: 'read', ...common(request, tree, shown, legacyNames, config), relation, headersOnly }
}

function planChange(request: ApiRequest, relation: Relation, catalog: Catalog, config: RestConfig): MutationPlan {
  const source: Source = { kind: 'result', alias: relation.name }
  const { tree, legacyNames } = treeOf(request, source, relation, catalog, config)
  const mutation = planMutation(request, relation, { catalog, requireFilter: config.requireFilter })
  refuseStrictly(request)
  const answer = answerOf(request, relation, tree, catalog, config)
  const wanted = request.preferences.return ?? 'minimal'
  const shown = wanted === 'representation' ? answer : withoutBody(answer)
  return {
    kind: 'mutation',
    ...common(request, tree, shown, legacyNames, config),
    relation,
    mutation,
    returning: wanted === 'minimal' ? [] : returningColumns(tree, relation.primaryKey),
    return: wanted,
  }
}

function planRoutine(request: ApiRequest, name: RelationName, catalog: Catalog, config: RestConfig): CallPlan {
  const call = planCall(request, name, catalog)
  const about = resultRelation(call.routine)
  const source: Source = { kind: 'result', alias: about.name }
  const { tree, legacyNames } = treeOf(request, source, about, catalog, config)
  const answer = answerOf(request, about, tree, catalog, config)
  refuseStrictly(request)
  if (isStrictlyLimited(request) && !call.routine.returns.set) throw new Refusal('request.max-affected-rpc', {})
  const by = request.action.kind === 'call' ? request.action.by : 'get'
  const shown = by === 'head' ? withoutBody(answer) : answer
  return {
    kind: 'call',
    ...common(request, tree, shown, legacyNames, config),
    ...call,
    returning: calledColumns(tree),
    readOnly: by !== 'post' || call.routine.volatility !== 'volatile',
    headersOnly: by === 'head',
  }
}

/** The relation whose rows a function returns, so that they can be embedded from; else the function's own name. */
function resultRelation({ schema, name, returns }: Routine): RelationName {
  const composite = returns.shape === 'composite' || returns.shape === 'relation'
  return { schema, name: composite ? returns.type.name : name }
}

function calledColumns(tree: ReadNode): readonly string[] {
  const returning = returningColumns(tree, [])
  if (returning.includes('*') || returning.length === 0) return ['*']
  return [...new Set([...returning, ...tree.conditions.flatMap(columnsOf)])].sort()
}

function columnsOf(condition: Condition): readonly string[] {
  if (condition.kind === 'filter') return [condition.filter.field.name]
  return condition.kind === 'embed-null' ? [] : condition.members.flatMap(columnsOf)
}

function treeOf(
  request: ApiRequest,
  source: Source,
  relation: RelationName,
  catalog: Catalog,
  config: RestConfig,
): { tree: ReadNode; legacyNames: readonly LegacyName[] } {
  const { root, legacyNames } = draftTree(request, config)
  const mutates = source.kind === 'result' && request.action.kind !== 'call'
  const context = {
    catalog,
    schema: request.schema,
    maxRows: mutates ? null : config.maxRows,
    aggregatesEnabled: config.aggregatesEnabled,
  }
  const joins = { junction: null, joins: [] }
  const place = { source, relation, depth: 0, spread: null, aggregated: false, joins }
  return { tree: planTree(context, root, place), legacyNames: config.legacyTargetNames ? legacyNames : [] }
}

function answerOf(
  request: ApiRequest,
  about: RelationName,
  tree: ReadNode,
  catalog: Catalog,
  config: RestConfig,
): Answer {
  const [only, another] = tree.fields
  const all = only !== undefined && another === undefined && 'name' in only.field && only.field.name === '*'
  const wholeRows = all && only.aggregate === null && tree.embeds.length === 0
  return negotiate(request.accept, { catalog, about, wholeRows, planEnabled: config.planEnabled })
}

function withoutBody(answer: Answer): Answer {
  return { ...answer, handler: { kind: 'none' } }
}

function common(
  request: ApiRequest,
  tree: ReadNode,
  answer: Answer,
  legacyNames: readonly LegacyName[],
  config: RestConfig,
): Pick<ReadPlan, 'schema' | 'tree' | 'answer' | 'range' | 'count' | 'maxRows' | 'legacyNames'> {
  const { schema, range } = request
  return { schema, tree, answer, range, count: request.preferences.count, maxRows: config.maxRows, legacyNames }
}

/** `handling=strict` and something in Prefer that nobody knows. */
function refuseStrictly({ preferences }: ApiRequest): void {
  if (preferences.handling !== 'strict' || preferences.invalid.length === 0) return
  throw new Refusal('request.preferences-invalid', { preferences: preferences.invalid })
}

function isStrictlyLimited({ preferences }: ApiRequest): boolean {
  return preferences.handling === 'strict' && preferences.maxAffected !== null
}
