// Where a session was opened from, for the list of devices in a profile.

import { newId } from '../database/ids.ts'
import type { Store } from '../database/store.ts'

export interface SessionActivity {
  readonly id: string
  readonly sessionId: string
  readonly ipAddress: string | null
  readonly userAgent: string | null
}

/** Records where a session was seen last. */
export async function putSessionActivity(
  store: Store,
  sessionId: string,
  seen: { readonly ipAddress: string; readonly userAgent: string },
): Promise<void> {
  await store.db.query(
    `insert into clerk.session_activities (instance_id, session_id, id, ip_address, user_agent)
     values ($1, $2, $3, $4, $5)
     on conflict (instance_id, session_id) do update set ip_address = excluded.ip_address, user_agent = excluded.user_agent`,
    [store.instanceId, sessionId, newId('sact'), seen.ipAddress, seen.userAgent.slice(0, 512)],
  )
}

/** The activities of sessions, by session id. */
export async function activitiesOf(
  store: Store,
  sessionIds: readonly string[],
): Promise<ReadonlyMap<string, SessionActivity>> {
  const rows = await store.db.query<SessionActivity>(
    `select id, session_id as "sessionId", ip_address as "ipAddress", user_agent as "userAgent"
     from clerk.session_activities where instance_id = $1 and session_id = any($2)`,
    [store.instanceId, sessionIds],
  )
  return new Map(rows.map((row) => [row.sessionId, row]))
}
