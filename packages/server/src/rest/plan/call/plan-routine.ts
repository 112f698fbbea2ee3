// A function called, and the select tree over what it returns.

import type { RelationName, Routine } from '../../../catalog/catalog.ts'
import { Refusal } from '../../../refusal/refusal.ts'
import type { ApiRequest } from '../../request/api-request.ts'
import { returningColumns } from '../mutation/returning-columns.ts'
import { answerFor, type PlanContext, planRows, refuseUnknownPreferences, rowsPlan, withoutBody } from '../plan-rows.ts'
import type { CallPlan } from '../plan.ts'
import type { Condition, ReadNode } from '../tree/read-tree.ts'
import { planCall } from './plan-call.ts'

/**
 * Refuses what `planCall`, `planRows`, `answerFor` and `refuseUnknownPreferences` refuse, in this order, and
 * `request.max-affected-rpc` for a bound on a function that returns no set.
 */
export function planRoutine(context: PlanContext, name: RelationName): CallPlan {
  const { request, catalog } = context
  const call = planCall(request, name, catalog)
  const about = resultRelation(call.routine)
  const rows = planRows(context, { kind: 'result', alias: about.name }, about)
  const answer = answerFor(context, about, rows.tree)
  refuseUnknownPreferences(request)
  if (isStrictlyBounded(request) && !call.routine.returns.set) throw new Refusal('request.max-affected-rpc', {})
  const by = request.action.kind === 'call' ? request.action.by : 'get'
  return {
    kind: 'call',
    ...rowsPlan(context, rows, by === 'head' ? withoutBody(answer) : answer),
    ...call,
    returning: calledColumns(rows.tree),
    readOnly: by !== 'post' || call.routine.volatility !== 'volatile',
    headersOnly: by === 'head',
  }
}

/** The relation whose rows a function returns, so that they can be embedded from; else the function's own name. */
function resultRelation({ schema, name, returns }: Routine): RelationName {
  const hasRows = returns.shape === 'composite' || returns.shape === 'relation'
  return { schema, name: hasRows ? returns.type.name : name }
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

function isStrictlyBounded({ preferences }: ApiRequest): boolean {
  return preferences.handling === 'strict' && preferences.maxAffected !== null
}
