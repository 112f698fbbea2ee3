// The ends of sessions, from either door, each with its event. One that is over already stays as it ended.

import { recordSession } from '../events/user-events.ts'
import { type Closing, closeSession as close, openSessionsOf, requireSession, type Session } from '../state/sessions.ts'
import type { Store } from '../state/store.ts'

/** Ends, removes or revokes a session and hands back what became of it. Refuses an unknown id. */
export function closeSession(store: Store, sessionId: string, closing: Closing): Promise<Session> {
  return store.atomically(async (inner) => {
    if (await close(inner, sessionId, closing)) await recordSession(inner, `session.${closing}`, sessionId)
    return requireSession(inner, sessionId)
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
