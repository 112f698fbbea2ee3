// What was recorded to be told, as it is sent.

import { notFound } from '../../refusal/not-found.ts'
import type { Store } from '../database/store.ts'

export interface RecordedEvent {
  readonly id: string
  readonly type: string
  /** The JSON that is signed and sent. */
  readonly body: string
  readonly createdAt: number
}

/** The event. Refuses an unknown id, and one that has been pruned. */
export async function requireEvent(store: Store, id: string): Promise<RecordedEvent> {
  const [event] = await store.db.query<RecordedEvent>(
    `select id, type, body::text as body, created_at as "createdAt" from clerk.events where instance_id = $1 and id = $2`,
    [store.instanceId, id],
  )
  if (event === undefined) throw notFound('event', id)
  return event
}
