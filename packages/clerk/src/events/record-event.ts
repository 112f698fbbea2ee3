// Events are written in the transaction of the change they tell of, so that neither can be without the other, and
// with them their deliveries to the endpoints that want them. Sending these is for webhooks/ to see to.

import { newId } from '../state/ids.ts'
import type { Store } from '../state/store.ts'
import type { EventType } from './event-types.ts'
import { eventsChannel } from './events-channel.ts'

/** Records an event. Call it inside the transaction of the change; `data` is the Backend API's resource. */
export async function recordEvent(store: Store, type: EventType, data: object): Promise<void> {
  const now = store.now()
  await store.db.query(
    `with told as (select pg_notify('${eventsChannel}', '')),
     event as (
       insert into clerk.events (instance_id, id, type, body, created_at) select $1, $2, $3, $4, $5 from told
       returning position)
     insert into clerk.webhook_deliveries (instance_id, endpoint_id, event_id, event_position, status, due_at)
     select $1, w.id, $2, event.position, 'pending', $5 from event, clerk.webhook_endpoints w
     where w.instance_id = $1 and w.enabled and (w.event_types = '{}' or $3 = any(w.event_types))`,
    [store.instanceId, newId('msg'), type, JSON.stringify(bodyOf(store, type, data, now)), now],
  )
}

function bodyOf({ instanceId, requester }: Store, type: EventType, data: object, timestamp: number): object {
  const { clientIp, userAgent } = requester
  const attributes = { http_request: { client_ip: clientIp, user_agent: userAgent } }
  return { data, event_attributes: attributes, instance_id: instanceId, object: 'event', timestamp, type }
}
