// A pending session becomes active once nothing is left to do, which is told as its creation.

import { recordSession } from '../../outbox/events/user-events.ts'
import type { Instance } from '../../state/instance/instance.ts'
import { changeSession, requireSession } from '../../state/sessions/sessions.ts'
import type { Store } from '../../state/database/store.ts'
import { sessionTasks } from './session-tasks.ts'

/** Makes a pending session active where its user has done what the instance asks. Refuses an unknown one. */
export async function completeSessionTasks(instance: Instance, store: Store, sessionId: string): Promise<void> {
  const { settings } = await instance.snapshot()
  await store.atomically(async (inner) => {
    const session = await requireSession(inner, sessionId)
    if (session.status !== 'pending' || (await sessionTasks(inner, settings, session)).length > 0) return
    await changeSession(inner, sessionId, { status: 'active' })
    await recordSession(inner, 'session.created', sessionId)
  })
}
