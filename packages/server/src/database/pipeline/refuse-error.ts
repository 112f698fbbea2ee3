// What went wrong on a connection, as a Refusal, and what is to become of the connection.

import { DatabaseError } from 'pg'
import { Refusal } from '../../refusal/refusal.ts'

const CLOSES_SESSION = new Set(['FATAL', 'PANIC'])
/** The function of Postgres that finds a plan's result type changed; its message is translated, its name is not. */
const PLAN_CHECK = 'RevalidateCachedQuery'

/** Postgres' own no, unchanged, or the loss of the connection. */
export function refuseError(error: Error, role: string): Refusal {
  if (!(error instanceof DatabaseError)) {
    return new Refusal('postgres.connection-lost', { reason: error.message }, { cause: error })
  }
  const detail = {
    sqlstate: error.code ?? 'XX000',
    message: error.message,
    detail: error.detail ?? null,
    hint: error.hint ?? null,
    role,
  }
  return new Refusal('postgres.error', detail, { cause: error })
}

/** Whether the session is over and the connection cannot serve another request. */
export function endsSession(error: Error): boolean {
  return !(error instanceof DatabaseError) || CLOSES_SESSION.has(error.severity ?? '')
}

/**
 * Whether Postgres and we disagree about what is prepared. `plan` concerns one statement, whose table changed
 * (0A000); `statements` all of them, because the session was cleaned or is another one than before (26000, 42P05).
 */
export function staleness(error: Error): 'plan' | 'statements' | null {
  if (!(error instanceof DatabaseError)) return null
  if (error.code === '0A000' && error.routine === PLAN_CHECK) return 'plan'
  return error.code === '26000' || error.code === '42P05' ? 'statements' : null
}
