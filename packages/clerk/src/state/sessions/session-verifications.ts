// The verification that an open session goes through again: one at a time, the last one that was started.

import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import type { ReverificationLevel } from '../../refusal/vocabulary/profile.ts'
import { assignments, bindings } from '../database/statement-builder.ts'
import type { Store } from '../database/store.ts'

export type SessionVerificationStatus = 'needs_first_factor' | 'needs_second_factor' | 'complete'

export interface SessionVerification {
  readonly level: ReverificationLevel
  readonly status: SessionVerificationStatus
  readonly firstVerificationId: string | null
  readonly secondVerificationId: string | null
}

/** Columns that requests set. `undefined` leaves a column alone. */
export interface SessionVerificationColumns {
  readonly status?: SessionVerificationStatus | undefined
  readonly first_verification_id?: string | undefined
  readonly second_verification_id?: string | undefined
}

const columns = /* sql */ `
  level, status, first_verification_id as "firstVerificationId", second_verification_id as "secondVerificationId"`

/** Starts one in the place of the session's last one. */
export async function startSessionVerification(
  store: Store,
  sessionId: string,
  { level, status }: Pick<SessionVerification, 'level' | 'status'>,
): Promise<void> {
  await store.db.query(
    `insert into clerk.session_verifications (instance_id, session_id, level, status, created_at)
     values ($1, $2, $3, $4, $5)
     on conflict (instance_id, session_id) do update set level = excluded.level, status = excluded.status,
       first_verification_id = null, second_verification_id = null, created_at = excluded.created_at`,
    [store.instanceId, sessionId, level, status, store.now()],
  )
}

/** The session's verification. Refuses when none was started. */
export async function requireSessionVerification(store: Store, sessionId: string): Promise<SessionVerification> {
  return found(
    await store.db.query<SessionVerification>(
      `select ${columns} from clerk.session_verifications where instance_id = $1 and session_id = $2`,
      [store.instanceId, sessionId],
    ),
  )
}

/** The same, locked to the end of the transaction. */
export async function requireSessionVerificationLocked(store: Store, sessionId: string): Promise<SessionVerification> {
  return found(
    await store.db.query<SessionVerification>(
      `select ${columns} from clerk.session_verifications where instance_id = $1 and session_id = $2 for update`,
      [store.instanceId, sessionId],
    ),
  )
}

/** Changes the session's verification. */
export async function changeSessionVerification(
  store: Store,
  sessionId: string,
  change: SessionVerificationColumns,
): Promise<void> {
  const bound = bindings(store.instanceId, sessionId)
  const set = assignments({ ...change }, bound)
  await store.db.query(
    `update clerk.session_verifications set ${set} where instance_id = $1 and session_id = $2`,
    bound.values,
  )
}

function found([row]: readonly SessionVerification[]): SessionVerification {
  if (row === undefined) throw new ClerkRefusal('session_reverification_missing', {})
  return row
}
