// Events about people and their sessions.

import { deletion } from '../../resources/listing.ts'
import { sessionResource } from '../../resources/session.ts'
import { userResource } from '../../resources/user.ts'
import { requireSession } from '../../state/sessions/sessions.ts'
import type { Store } from '../../state/database/store.ts'
import { requireUser } from '../../state/people/users.ts'
import { recordEvent } from './record-event.ts'

/** Records that a user was created or changed, as she is now. */
export async function recordUser(store: Store, type: 'user.created' | 'user.updated', userId: string): Promise<void> {
  await recordEvent(store, type, userResource(await requireUser(store, userId), store.now(), store.imageUrlOf))
}

/** Records that a user is gone. */
export async function recordUserDeleted(store: Store, userId: string, externalId: string | null): Promise<void> {
  await recordEvent(
    store,
    'user.deleted',
    deletion('user', userId, externalId === null ? {} : { external_id: externalId }),
  )
}

/** Records what became of a session, with its user inside as webhooks have it. */
export async function recordSession(
  store: Store,
  type: 'session.created' | 'session.pending' | 'session.ended' | 'session.removed' | 'session.revoked',
  sessionId: string,
): Promise<void> {
  const session = await requireSession(store, sessionId)
  const user = userResource(await requireUser(store, session.userId), store.now(), store.imageUrlOf)
  await recordEvent(store, type, { ...sessionResource(session), user })
}
