// GET and HEAD of a relation.

import type { Relation } from '../../catalog/catalog.ts'
import { answerFor, type PlanContext, planRows, refuseUnknownPreferences, rowsPlan, withoutBody } from './plan-rows.ts'
import type { ReadPlan } from './plan.ts'
import type { Source } from './tree/read-tree.ts'

/** Refuses what `planRows`, `answerFor` and `refuseUnknownPreferences` refuse, in this order. */
export function planRead(context: PlanContext, relation: Relation, headersOnly: boolean): ReadPlan {
  const name = { schema: relation.schema, name: relation.name }
  const source: Source = { kind: 'relation', name, alias: null }
  const rows = planRows(context, source, name)
  const answer = answerFor(context, name, rows.tree)
  refuseUnknownPreferences(context.request)
  const shown = headersOnly ? withoutBody(answer) : answer
  return { kind: 'read', ...rowsPlan(context, rows, shown), relation: name, headersOnly }
}
