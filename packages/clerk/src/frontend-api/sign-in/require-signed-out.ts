// Nobody is signed in twice on one client.

import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { sessionsOnClient } from '../../state/sessions/sessions.ts'
import type { Store } from '../../state/database/store.ts'

/** Refuses somebody who is signed in on the client already; the SDK then goes to her session. */
export async function requireSignedOut(store: Store, clientId: string, userId: string): Promise<void> {
  const open = (await sessionsOnClient(store, clientId)).find((session) => session.userId === userId)
  if (open !== undefined) throw new ClerkRefusal('identifier_already_signed_in', { sessionId: open.id })
}
