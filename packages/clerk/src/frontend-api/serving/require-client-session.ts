// A session that a path names, among those that are open on the browser's client.

import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { notFound } from '../../refusal/not-found.ts'
import type { OpenSession } from '../../state/sessions/shared-reads/browser-clients.ts'
import { type ClientRequest, pathValue } from '../frontend-request.ts'

/** The session of `:session_id`. Refuses one that is not open on this client; 401 once nobody is signed in, so that the SDK looks again. */
export function requireClientSession(request: ClientRequest): OpenSession {
  const id = pathValue(request, 'session_id')
  const { sessions } = request.client
  const found = sessions.find((session) => session.id === id)
  if (found !== undefined) return found
  if (sessions.length === 0) throw new ClerkRefusal('authentication_invalid', {})
  throw notFound('session', id)
}
