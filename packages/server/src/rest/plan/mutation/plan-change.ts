// POST, PUT, PATCH and DELETE of a relation, with the representation asked for.

import type { Relation } from '../../../catalog/catalog.ts'
import { answerFor, type PlanContext, planRows, refuseUnknownPreferences, rowsPlan, withoutBody } from '../plan-rows.ts'
import type { MutationPlan } from '../plan.ts'
import { planMutation, refuseWithoutFilter } from './plan-mutation.ts'
import { returningColumns } from './returning-columns.ts'

/**
 * Refuses what `planRows`, `planMutation`, `refuseUnknownPreferences` and `answerFor` refuse, in this order, and
 * where filters are required a change of all rows.
 */
export function planChange(context: PlanContext, relation: Relation): MutationPlan {
  const { request, catalog, config } = context
  const rows = planRows(context, { kind: 'result', alias: relation.name }, relation)
  const mutation = planMutation(request, relation, catalog)
  refuseUnknownPreferences(request)
  const answer = answerFor(context, relation, rows.tree)
  if (config.requireFilter) refuseWithoutFilter(mutation)
  const wanted = request.preferences.return ?? 'minimal'
  return {
    kind: 'mutation',
    ...rowsPlan(context, rows, wanted === 'representation' ? answer : withoutBody(answer)),
    relation,
    mutation,
    returning: wanted === 'minimal' ? [] : returningColumns(rows.tree, relation.primaryKey),
    return: wanted,
  }
}
