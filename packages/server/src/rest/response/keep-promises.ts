// What the request demanded of the result: one row for a single object, no more rows touched than allowed,
// a PUT of the row its address names. Said before the transaction ends, so that a no undoes everything.

import { Refusal } from '../../refusal/refusal.ts'
import type { Plan } from '../plan/plan.ts'
import type { ApiRequest } from '../request/api-request.ts'
import type { AnswerRow } from './answer-row.ts'

/** Refuses `request.not-singular`, `request.max-affected` and `request.put-mismatch`. */
export function keepPromises({ page }: AnswerRow, request: ApiRequest, plan: Plan): void {
  if (plan.kind !== 'read' && plan.kind !== 'mutation' && plan.kind !== 'call') return
  if (request.action.kind === 'upsert-one') {
    if (page !== 1) throw new Refusal('request.put-mismatch', {})
    return
  }
  if (plan.answer.singular && page !== 1) throw new Refusal('request.not-singular', { rows: page })
  const most = allowed(request)
  if (most !== null && page > most) throw new Refusal('request.max-affected', { rows: page })
}

/** True where a broken promise must undo what was done: the transaction waits for `keepPromises` to end. */
export function canBreakPromise(request: ApiRequest, plan: Plan): boolean {
  if (plan.kind === 'mutation') {
    return plan.answer.singular || request.action.kind === 'upsert-one' || allowed(request) !== null
  }
  return plan.kind === 'call' && !plan.readOnly && (plan.answer.singular || allowed(request) !== null)
}

/** `max-affected` where it holds; null elsewhere. */
function allowed({ action, preferences }: ApiRequest): number | null {
  if (preferences.handling !== 'strict') return null
  return action.kind === 'update' || action.kind === 'delete' || action.kind === 'call' ? preferences.maxAffected : null
}
