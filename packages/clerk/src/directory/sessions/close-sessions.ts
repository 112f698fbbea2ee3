// The ends of sessions, from either door, each with its event. One that is over already stays as it ended.

import { recordSession } from '../../outbox/events/user-events.ts'
import { changeClient, findClient } from '../../state/sessions/clients.ts'
import {
  type Closing,
  closeSession as close,
  openSessionsOf,
  requireSession,
  type Session,
  sessionsOnClient,
} from '../../state/sessions/sessions.ts'
import type { Store } from '../../state/database/store.ts'

/**
 * Ends, removes or revokes a session and hands back what became of it. The newest session that is left on its client
 * becomes the active one there. Refuses an unknown id.
 */
export function closeSession(store: Store, sessionId: string, closing: Closing): Promise<Session> {
  return store.atomically(async (inner) => {
    const closed = await close(inner, sessionId, closing)
    const session = await requireSession(inner, sessionId)
    if (closed) {
      await tellClient(inner, session.clientId, sessionId)
      await recordSession(inner, `session.${closing}`, sessionId)
    }
    return session
  })
}

/** Revokes every open session of a user, but for the one (her own, at this moment) that is to stay. */
export function revokeSessionsOf(store: Store, userId: string, keptSessionId: string | null = null): Promise<void> {
  return store.atomically(async (inner) => {
    for (const id of await openSessionsOf(inner, userId)) {
      if (id !== keptSessionId) await closeSession(inner, id, 'revoked')
    }
  })
}

async function tellClient(store: Store, clientId: string, closedId: string): Promise<void> {
  const client = await findClient(store, clientId)
  const [left] = await sessionsOnClient(store, clientId)
  await changeClient(store, clientId, {
    last_active_session_id: client?.lastActiveSessionId === closedId ? (left?.id ?? null) : undefined,
    updated_at: store.now(),
  })
}
