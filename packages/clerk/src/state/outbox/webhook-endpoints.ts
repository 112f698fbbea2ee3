// Who is told of events. An endpoint made by configuration carries the name it has there.

import { eventsChannel } from '../../outbox/events/events-channel.ts'
import { notFound } from '../../refusal/not-found.ts'
import { type Listed, type Page, readPage } from '../database/page.ts'
import { assignments, bindings, insertion } from '../database/statement-builder.ts'
import type { Store } from '../database/store.ts'

export interface WebhookEndpoint {
  readonly id: string
  /** Its name in the configuration; null for one made through the Backend API. */
  readonly configuredAs: string | null
  readonly url: string
  readonly description: string
  readonly secret: string
  /** Empty: all of them. */
  readonly eventTypes: readonly string[]
  readonly enabled: boolean
  /** Since when nothing but failure came back. */
  readonly failingSince: number | null
  /** When it was disabled for that. */
  readonly disabledAt: number | null
  readonly createdAt: number
  readonly updatedAt: number
}

/** Columns that may be set. `undefined` leaves a column alone. */
export interface WebhookEndpointColumns {
  readonly url?: string | undefined
  readonly description?: string | undefined
  readonly secret?: string | undefined
  readonly event_types?: readonly string[] | undefined
  readonly enabled?: boolean | undefined
}

const columns = /* sql */ `
  id, configured_as as "configuredAs", url, description, secret, event_types as "eventTypes", enabled,
  failing_since as "failingSince", disabled_at as "disabledAt", created_at as "createdAt", updated_at as "updatedAt"`

/** Adds an endpoint; it hears of what is recorded from now on. */
export async function insertWebhookEndpoint(
  store: Store,
  id: string,
  row: WebhookEndpointColumns & { readonly url: string; readonly secret: string; readonly configured_as?: string },
): Promise<void> {
  const now = store.now()
  const whole = { instance_id: store.instanceId, id, ...row, created_at: now, updated_at: now }
  const { text, values } = insertion('clerk.webhook_endpoints', whole)
  await store.db.query(text, values)
}

/** Changes an endpoint; enabling it forgives its failures and goes on with what waits for it. Refuses an unknown one. */
export async function updateWebhookEndpoint(store: Store, id: string, change: WebhookEndpointColumns): Promise<void> {
  const bound = bindings(store.instanceId, id)
  const forgiven = change.enabled === true ? { failing_since: null, disabled_at: null } : {}
  const set = assignments({ ...change, ...forgiven, updated_at: store.now() }, bound)
  const [updated] = await store.db.query(
    `with told as (select pg_notify('${eventsChannel}', ''))
     update clerk.webhook_endpoints set ${set} from told where instance_id = $1 and id = $2 returning id`,
    bound.values,
  )
  if (updated === undefined) throw notFound('webhook_endpoint', id)
}

/** Deletes an endpoint and what waits for it. Refuses an unknown one. */
export async function deleteWebhookEndpoint(store: Store, id: string): Promise<void> {
  const [deleted] = await store.db.query(
    'delete from clerk.webhook_endpoints where instance_id = $1 and id = $2 returning id',
    [store.instanceId, id],
  )
  if (deleted === undefined) throw notFound('webhook_endpoint', id)
}

/** Deletes all that were made through the Backend API. */
export async function deleteMadeWebhookEndpoints(store: Store): Promise<void> {
  await store.db.query('delete from clerk.webhook_endpoints where instance_id = $1 and configured_as is null', [
    store.instanceId,
  ])
}

/** The endpoint. Refuses an unknown id. */
export async function requireWebhookEndpoint(store: Store, id: string): Promise<WebhookEndpoint> {
  const [endpoint] = await store.db.query<WebhookEndpoint>(
    `select ${columns} from clerk.webhook_endpoints where instance_id = $1 and id = $2`,
    [store.instanceId, id],
  )
  if (endpoint === undefined) throw notFound('webhook_endpoint', id)
  return endpoint
}

/** All that were made by configuration. */
export async function configuredWebhookEndpoints(store: Store): Promise<readonly WebhookEndpoint[]> {
  return await store.db.query<WebhookEndpoint>(
    `select ${columns} from clerk.webhook_endpoints where instance_id = $1 and configured_as is not null`,
    [store.instanceId],
  )
}

/** One page of the endpoints, newest first, and how many there are. */
export async function listWebhookEndpoints(store: Store, page: Page): Promise<Listed<WebhookEndpoint>> {
  const from = 'from clerk.webhook_endpoints where instance_id = $1'
  const rows = { columns, from, orderBy: 'created_at desc, position desc' }
  return readPage(store, rows, bindings(store.instanceId), page)
}
