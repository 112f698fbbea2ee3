// A new session, from either door, with its event.

import { recordSession } from '../../outbox/events/user-events.ts'
import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { insertSession, type NewSession } from '../../state/sessions/sessions.ts'
import type { Store } from '../../state/database/store.ts'
import { requireUser } from '../../state/people/users.ts'

/** Opens a session and hands back its id. Refuses an unknown user and a banned one. */
export function openSession(store: Store, session: NewSession): Promise<string> {
  return store.atomically(async (inner) => {
    const user = await requireUser(inner, session.userId)
    if (user.banned) throw new ClerkRefusal('user_banned', {})
    const id = await insertSession(inner, session)
    await recordSession(inner, session.status === 'pending' ? 'session.pending' : 'session.created', id)
    return id
  })
}
