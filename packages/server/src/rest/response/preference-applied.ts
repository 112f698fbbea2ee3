// Preference-Applied: which of the client's preferences were heeded. RFC 7240 §3.

import type { Plan } from '../plan/plan.ts'
import type { ApiRequest } from '../request/api-request.ts'

/** The header's value, or null where no preference applied. */
export function preferenceApplied({ preferences, query, action }: ApiRequest, plan: Plan): string | null {
  const wanted = preferences
  const mutates = plan.kind === 'mutation'
  const resolves =
    mutates && action.kind === 'insert' && (plan.relation.primaryKey.length > 0 || query.onConflict !== null)
  const fills = action.kind === 'insert' || action.kind === 'update'
  const limits = action.kind === 'update' || action.kind === 'delete' || action.kind === 'call'
  const applied = [
    resolves && wanted.resolution !== null && `resolution=${wanted.resolution}`,
    fills && wanted.missing !== null && `missing=${wanted.missing}`,
    mutates && wanted.return !== null && `return=${wanted.return}`,
    wanted.count !== null && `count=${wanted.count}`,
    wanted.transaction !== null && `tx=${wanted.transaction}`,
    wanted.handling !== null && `handling=${wanted.handling}`,
    wanted.timezone !== null && `timezone=${wanted.timezone}`,
    limits && wanted.handling === 'strict' && wanted.maxAffected !== null && `max-affected=${wanted.maxAffected}`,
  ].filter((preference) => preference !== false)
  return applied.length === 0 ? null : applied.join(', ')
}
