// What Postgres said of a statement that failed.

import { isRefusal } from '../../refusal/refusal.ts'

/** The SQLSTATE; null for whatever is no refusal of Postgres. */
export function sqlstateOf(thrown: unknown): string | null {
  return isRefusal(thrown) && thrown.code === 'postgres.error' ? thrown.detail.sqlstate : null
}
