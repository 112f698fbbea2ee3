// Each event's way to each endpoint. Whoever sends one has leased it for a while; a lease that ran out is
// another process's to take, so that a process may die at any moment.

import { eventsChannel } from '../../outbox/events/events-channel.ts'
import type { ClerkDatabase } from '../database/database.ts'
import type { Store } from '../database/store.ts'

/** An endpoint something waits for, and when the first of it is due. */
export interface WaitingEndpoint {
  readonly instanceId: string
  readonly endpointId: string
  readonly url: string
  readonly secret: string
  readonly dueAt: number
}

/** A delivery that this process may send until its lease runs out. */
export interface LeasedDelivery {
  readonly eventId: string
  /** The JSON that is signed and sent, byte for byte the same at each attempt. */
  readonly body: string
  /** Attempts made before. */
  readonly attempts: number
}

/** The enabled endpoints of some instances for which something is pending. */
export async function waitingEndpoints(
  database: ClerkDatabase,
  instanceIds: readonly string[],
): Promise<readonly WaitingEndpoint[]> {
  return await database.query<WaitingEndpoint>(
    `select e.instance_id as "instanceId", e.id as "endpointId", e.url, e.secret,
       min(greatest(d.due_at, d.leased_until)) as "dueAt"
     from clerk.webhook_endpoints e
     join clerk.webhook_deliveries d
       on d.instance_id = e.instance_id and d.endpoint_id = e.id and d.status = 'pending'
     where e.instance_id = any($1) and e.enabled
     group by e.instance_id, e.id`,
    [instanceIds],
  )
}

/** Leases the delivery that is due and was recorded first, or null. */
export async function leaseDelivery(store: Store, endpointId: string, lease: number): Promise<LeasedDelivery | null> {
  const now = store.now()
  const [leased] = await store.db.query<LeasedDelivery>(
    `update clerk.webhook_deliveries d set leased_until = $4
     from clerk.events e
     where e.instance_id = d.instance_id and e.id = d.event_id
       and d.instance_id = $1 and d.endpoint_id = $2 and d.event_id = (
         select event_id from clerk.webhook_deliveries
         where instance_id = $1 and endpoint_id = $2 and status = 'pending' and due_at <= $3 and leased_until <= $3
         order by event_position limit 1 for update skip locked)
     returning d.event_id as "eventId", e.body::text as body, d.attempts`,
    [store.instanceId, endpointId, now, now + lease],
  )
  return leased ?? null
}

/** Gives a lease back without an attempt having been made. */
export async function releaseDelivery(store: Store, endpointId: string, eventId: string): Promise<void> {
  await store.db.query(
    `update clerk.webhook_deliveries set leased_until = 0
     where instance_id = $1 and endpoint_id = $2 and event_id = $3`,
    [store.instanceId, endpointId, eventId],
  )
}

/** The endpoint has it. */
export async function markDelivered(store: Store, endpointId: string, eventId: string): Promise<void> {
  await store.db.query(
    `update clerk.webhook_deliveries set status = 'delivered', attempts = attempts + 1, leased_until = 0
     where instance_id = $1 and endpoint_id = $2 and event_id = $3`,
    [store.instanceId, endpointId, eventId],
  )
  await store.db.query(
    `update clerk.webhook_endpoints set failing_since = null
     where instance_id = $1 and id = $2 and failing_since is not null`,
    [store.instanceId, endpointId],
  )
}

/** To be tried again at `dueAt`, or never (null). What another process delivered meanwhile stays delivered. */
export async function markUndelivered(
  store: Store,
  endpointId: string,
  eventId: string,
  dueAt: number | null,
): Promise<void> {
  await store.db.query(
    `update clerk.webhook_deliveries
     set status = $4, attempts = attempts + 1, leased_until = 0, due_at = coalesce($5, due_at)
     where instance_id = $1 and endpoint_id = $2 and event_id = $3 and status = 'pending'`,
    [store.instanceId, endpointId, eventId, dueAt === null ? 'failed' : 'pending', dueAt],
  )
}

/** Notes a failure of an endpoint, and disables one that has done nothing else for `disableAfter`. True where it did. */
export async function noteFailure(store: Store, endpointId: string, disableAfter: number): Promise<boolean> {
  const now = store.now()
  await store.db.query(
    `update clerk.webhook_endpoints set failing_since = $3
     where instance_id = $1 and id = $2 and failing_since is null`,
    [store.instanceId, endpointId, now],
  )
  const [disabled] = await store.db.query(
    `update clerk.webhook_endpoints set enabled = false, disabled_at = $3, updated_at = $3
     where instance_id = $1 and id = $2 and enabled and failing_since <= $4 returning id`,
    [store.instanceId, endpointId, now, now - disableAfter],
  )
  return disabled !== undefined
}

/** Which events to send again: one, or those recorded from a moment on. */
export type Replay = { readonly eventId: string } | { readonly since: number }

/** Makes events pending for an endpoint as if they were new, also such as were never for it. Returns how many. */
export async function replayDeliveries(store: Store, endpointId: string, replay: Replay): Promise<number> {
  const [which, value] = 'eventId' in replay ? ['e.id = $4', replay.eventId] : ['e.created_at >= $4', replay.since]
  const [counted] = await store.db.query<{ count: number }>(
    `with told as (select pg_notify('${eventsChannel}', '')),
     again as (
       insert into clerk.webhook_deliveries (instance_id, endpoint_id, event_id, event_position, status, due_at)
       select e.instance_id, w.id, e.id, e.position, 'pending', $3
       from told, clerk.events e join clerk.webhook_endpoints w on w.instance_id = e.instance_id and w.id = $2
       where e.instance_id = $1 and ${which} and (w.event_types = '{}' or e.type = any(w.event_types))
       on conflict (instance_id, endpoint_id, event_id)
         do update set status = 'pending', attempts = 0, due_at = excluded.due_at, leased_until = 0
       returning 1)
     select count(*) as count from again`,
    [store.instanceId, endpointId, store.now(), value],
  )
  return counted?.count ?? 0
}
