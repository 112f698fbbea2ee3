// The endpoints under /webhook_endpoints, which are ours: Clerk leaves this to Svix. And Clerk's two under /webhooks,
// which lead here.

import {
  type Body,
  optionalFlag,
  optionalInteger,
  optionalText,
  requireBody,
  requireText,
  texts,
} from '../../parameters/body.ts'
import { oneValue, pageOf } from '../../parameters/query.ts'
import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { notFound } from '../../refusal/not-found.ts'
import { deletion, listing } from '../../resources/listing.ts'
import { webhookAttemptResource, webhookEndpointResource, webhookEventResource } from '../../resources/webhook.ts'
import { newId } from '../../state/database/ids.ts'
import { requireEvent } from '../../state/outbox/recorded-events.ts'
import { listAttempts } from '../../state/outbox/webhook-attempts.ts'
import { replayDeliveries } from '../../state/outbox/webhook-deliveries.ts'
import {
  deleteMadeWebhookEndpoints,
  deleteWebhookEndpoint,
  insertWebhookEndpoint,
  listWebhookEndpoints,
  requireWebhookEndpoint,
  updateWebhookEndpoint,
} from '../../state/outbox/webhook-endpoints.ts'
import { eventTypes } from '../../outbox/events/event-types.ts'
import { isEventType } from '../../outbox/webhooks/configure-endpoints.ts'
import { isWebhookSecret, newWebhookSecret } from '../../outbox/webhooks/webhook-secret.ts'
import { isWebhookUrl } from '../../outbox/webhooks/webhook-url.ts'
import { type BackendRequest, type Endpoint, pathValue } from '../backend-request.ts'

export const webhookEndpoints: readonly Endpoint[] = [
  { method: 'POST', path: '/webhook_endpoints', answer: createEndpoint },
  { method: 'GET', path: '/webhook_endpoints', answer: endpointList },
  { method: 'GET', path: '/webhook_endpoints/:endpoint_id', answer: endpointById },
  { method: 'PATCH', path: '/webhook_endpoints/:endpoint_id', answer: changeEndpoint },
  { method: 'DELETE', path: '/webhook_endpoints/:endpoint_id', answer: removeEndpoint },
  { method: 'GET', path: '/webhook_endpoints/:endpoint_id/attempts', answer: attemptList },
  { method: 'POST', path: '/webhook_endpoints/:endpoint_id/replay', answer: replay },
  { method: 'GET', path: '/webhook_event_types', answer: eventTypeList },
  { method: 'GET', path: '/webhook_events/:event_id', answer: eventById },
  { method: 'POST', path: '/webhooks/svix', answer: svixUrl },
  { method: 'DELETE', path: '/webhooks/svix', answer: removeAll },
  { method: 'POST', path: '/webhooks/svix_url', answer: svixUrl },
]

const parameters = ['url', 'description', 'secret', 'event_types', 'enabled']

async function createEndpoint({ store, body }: BackendRequest): Promise<object> {
  const read = requireBody(body, parameters)
  const url = requireUrl(requireText(read, 'url'))
  const id = newId('wep')
  await insertWebhookEndpoint(store, id, {
    url,
    secret: secretOf(read) ?? newWebhookSecret(),
    description: optionalText(read, 'description') ?? '',
    event_types: eventTypesOf(read),
    enabled: optionalFlag(read, 'enabled'),
  })
  return webhookEndpointResource(await requireWebhookEndpoint(store, id))
}

async function changeEndpoint(request: BackendRequest): Promise<object> {
  const body = requireBody(request.body, parameters)
  const url = optionalText(body, 'url')
  await updateWebhookEndpoint(request.store, pathValue(request, 'endpoint_id'), {
    url: url ? requireUrl(url) : undefined,
    secret: secretOf(body),
    description: optionalText(body, 'description') ?? undefined,
    event_types: body['event_types'] === undefined ? undefined : eventTypesOf(body),
    enabled: optionalFlag(body, 'enabled'),
  })
  return endpointById(request)
}

async function endpointList({ store, query }: BackendRequest): Promise<object> {
  return listing(await listWebhookEndpoints(store, pageOf(query)), webhookEndpointResource)
}

async function endpointById(request: BackendRequest): Promise<object> {
  return webhookEndpointResource(await requireWebhookEndpoint(request.store, pathValue(request, 'endpoint_id')))
}

async function removeEndpoint(request: BackendRequest): Promise<object> {
  const id = pathValue(request, 'endpoint_id')
  await deleteWebhookEndpoint(request.store, id)
  return deletion('webhook_endpoint', id)
}

async function attemptList(request: BackendRequest): Promise<object> {
  const { store, query } = request
  const { id } = await requireWebhookEndpoint(store, pathValue(request, 'endpoint_id'))
  const eventId = oneValue(query, 'event_id') ?? null
  return listing(await listAttempts(store, id, eventId, pageOf(query)), webhookAttemptResource)
}

/** One event by `event_id`, or all recorded since a moment in Unix milliseconds (`since`). */
async function replay(request: BackendRequest): Promise<object> {
  const { store } = request
  const body = requireBody(request.body, ['event_id', 'since'])
  const { id } = await requireWebhookEndpoint(store, pathValue(request, 'endpoint_id'))
  const eventId = optionalText(body, 'event_id')
  const since = optionalInteger(body, 'since', 0, Number.MAX_SAFE_INTEGER)
  if (eventId && typeof since === 'number') {
    throw new ClerkRefusal('form_param_not_combinable', { param: 'since', existing: 'event_id' })
  }
  if (!eventId && typeof since !== 'number') throw new ClerkRefusal('form_param_missing', { param: 'event_id' })
  const count = await replayDeliveries(store, id, eventId ? { eventId } : { since: since ?? 0 })
  if (eventId && count === 0) throw notFound('event', eventId)
  return { object: 'webhook_replay', endpoint_id: id, event_count: count }
}

async function eventTypeList(): Promise<object> {
  return { data: eventTypes, total_count: eventTypes.length }
}

async function eventById({ store, path }: BackendRequest): Promise<object> {
  return webhookEventResource(await requireEvent(store, path['event_id'] ?? ''))
}

/** Clerk answers with a page of Svix's dashboard; what it does is done here by the endpoints above. */
async function svixUrl({ instance }: BackendRequest): Promise<object> {
  return { svix_url: new URL('/backend/v1/webhook_endpoints', instance.frontendApiUrl()).href }
}

async function removeAll({ store }: BackendRequest): Promise<undefined> {
  await deleteMadeWebhookEndpoints(store)
}

function requireUrl(url: string): string {
  if (isWebhookUrl(url)) return url
  const expected = 'an http or https address without credentials'
  throw new ClerkRefusal('form_param_format_invalid', { param: 'url', expected })
}

function secretOf(body: Body): string | undefined {
  const secret = optionalText(body, 'secret')
  if (!secret) return undefined
  if (isWebhookSecret(secret)) return secret
  const expected = 'whsec_ and a base64 key of 24 to 64 bytes'
  throw new ClerkRefusal('form_param_format_invalid', { param: 'secret', expected })
}

function eventTypesOf(body: Body): readonly string[] {
  const types = texts(body, 'event_types')
  const unknown = types.find((type) => !isEventType(type))
  if (unknown === undefined) return types
  throw new ClerkRefusal('form_param_value_invalid', { param: 'event_types', value: unknown, allowed: eventTypes })
}
