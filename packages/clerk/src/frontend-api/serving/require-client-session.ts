// A session that a path names, among those that are open on the browser's client.

import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { notFound } from '../../refusal/not-found.ts'
import type { Session } from '../../state/sessions/sessions.ts'
import { type ClientRequest, pathValue } from '../frontend-request.ts'

/** The session of `:session_id`. Refuses one that is not open on this client; 401 once nobody is signed in, so that the SDK looks again. */
export async function requireClientSession(request: ClientRequest): Promise<Session> {
  const id = pathValue(request, 'session_id')
  const open = await request.instance.sessionsOnClient(request.client.id)
  const found = open.find((session) => session.id === id)
  if (found !== undefined) return found
  if (open.length === 0) throw new ClerkRefusal('authentication_invalid', {})
  throw notFound('session', id)
}
