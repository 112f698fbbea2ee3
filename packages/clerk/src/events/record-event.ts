// Events are written in the transaction of the change they tell of, so that neither can be without the other.
// What becomes of them is for webhooks/ to see to.

import { newId } from '../state/ids.ts'
import type { Store } from '../state/store.ts'
import type { EventType } from './event-types.ts'

/** The channel on which the deliverer hears that something was recorded. */
export const eventsChannel = 'clerk_events'

/** Records an event. Call it inside the transaction of the change; `data` is the Backend API's resource. */
export async function recordEvent(store: Store, type: EventType, data: object): Promise<void> {
  const now = store.now()
  const body = { data, object: 'event', type, timestamp: now, instance_id: store.instanceId }
  await store.db.query(
    `with told as (select pg_notify('${eventsChannel}', ''))
     insert into clerk.events (instance_id, id, type, body, created_at) select $1, $2, $3, $4, $5 from told`,
    [store.instanceId, newId('msg'), type, JSON.stringify(body), now],
  )
}
