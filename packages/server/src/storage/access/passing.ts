// What the database refuses because of its own state, and not because of what was asked.

import type { AnyRefusal, RefusalCode } from '../../refusal/refusal.ts'

/**
 * By class of SQLSTATE: lost connections, transactions that stood in each other's way, too few resources, locks that were not
 * to be had, ends and cancellations, failures of the system.
 */
const PASSING = /^(?:08|40|53|57|58|55P03)/

const AWAY = new Set<string>([
  'postgres.unreachable',
  'postgres.pool-timeout',
  'postgres.connection-lost',
  'storage.bytes-unavailable',
] satisfies RefusalCode[])

/** Whether the same may be done when it is asked for again. */
export function isPassing(refusal: AnyRefusal): boolean {
  return refusal.code === 'postgres.error' ? PASSING.test(refusal.detail.sqlstate) : AWAY.has(refusal.code)
}

/** Whether nobody knows if it was done: whoever asked heard nothing after the last word, or that the server ends. */
export function mayBeDone(refusal: AnyRefusal): boolean {
  return (
    refusal.code === 'postgres.connection-lost' ||
    (refusal.code === 'postgres.error' && /^(?:08|57P)/.test(refusal.detail.sqlstate))
  )
}
