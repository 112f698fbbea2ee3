// Events are written in the transaction of the change they tell of, so that neither can be without the other, and
// with them their deliveries to the endpoints that want them. Sending these is for webhooks/ to see to.

import { newId } from '../../state/database/ids.ts'
import type { Store } from '../../state/database/store.ts'
import type { EventType } from './event-types.ts'
import { eventsChannel } from './events-channel.ts'

/**
 * Records an event. Call it inside the transaction of the change; `data` is the Backend API's resource. Its timestamp
 * is later than that of the event before, also within one millisecond, because receivers order states by it.
 */
export async function recordEvent(store: Store, type: EventType, data: object): Promise<void> {
  const { before, after } = bodyAround(store, type, data)
  await store.db.query(
    `with told as (select pg_notify('${eventsChannel}', '')),
     moment as (
       select greatest($5::bigint, (
         select created_at + 1 from clerk.events where instance_id = $1 order by position desc limit 1)) as at
       from told),
     event as (
       insert into clerk.events (instance_id, id, type, body, created_at)
       select $1, $2, $3, ($4 || at || $6)::json, at from moment
       returning position)
     insert into clerk.webhook_deliveries (instance_id, endpoint_id, event_id, event_position, status, due_at)
     select $1, w.id, $2, event.position, 'pending', $5 from event, clerk.webhook_endpoints w
     where w.instance_id = $1 and w.enabled and (w.event_types = '{}' or $3 = any(w.event_types))`,
    [store.instanceId, newId('msg'), type, before, store.now(), after],
  )
}

/** The event's JSON, which is kept as it is sent, on both sides of its timestamp. */
function bodyAround(store: Store, type: EventType, data: object): { before: string; after: string } {
  const { clientIp, userAgent } = store.requester
  const attributes = { http_request: { client_ip: clientIp, user_agent: userAgent } }
  const told = { data, event_attributes: attributes, instance_id: store.instanceId, object: 'event' }
  return { before: `${JSON.stringify(told).slice(0, -1)},"timestamp":`, after: `,"type":${JSON.stringify(type)}}` }
}
