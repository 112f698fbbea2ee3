// A pending session becomes active once nothing is left to do, which is told as its creation.

import { recordSession } from '../events/user-events.ts'
import type { Instance } from '../state/instance.ts'
import { changeSession, requireSession } from '../state/sessions.ts'
import type { Store } from '../state/store.ts'
import { sessionTasks } from './session-tasks.ts'

/** Makes a pending session active where its user has done what the instance asks. Refuses an unknown one. */
export async function completeSessionTasks(instance: Instance, store: Store, sessionId: string): Promise<void> {
  const session = await requireSession(store, sessionId)
  if (session.status !== 'pending') return
  const { settings } = await instance.snapshot()
  if ((await sessionTasks(store, settings, session)).length === 0) {
    await changeSession(store, sessionId, { status: 'active' })
    await recordSession(store, 'session.created', sessionId)
  }
}
