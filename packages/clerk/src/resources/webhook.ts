// Webhook endpoints and their attempts, as our own part of the Backend API prints them.

import type { RecordedEvent } from '../state/outbox/recorded-events.ts'
import type { LoggedAttempt } from '../state/outbox/webhook-attempts.ts'
import type { WebhookEndpoint } from '../state/outbox/webhook-endpoints.ts'

/** The endpoint, with its secret. */
export function webhookEndpointResource(endpoint: WebhookEndpoint): object {
  return {
    object: 'webhook_endpoint',
    id: endpoint.id,
    name: endpoint.configuredAs,
    url: endpoint.url,
    description: endpoint.description,
    event_types: endpoint.eventTypes,
    enabled: endpoint.enabled,
    secret: endpoint.secret,
    failing_since: endpoint.failingSince,
    disabled_at: endpoint.disabledAt,
    created_at: endpoint.createdAt,
    updated_at: endpoint.updatedAt,
  }
}

/** One attempt at a delivery. */
export function webhookAttemptResource(attempt: LoggedAttempt): object {
  return {
    object: 'webhook_attempt',
    endpoint_id: attempt.endpointId,
    event_id: attempt.eventId,
    event_type: attempt.eventType,
    number: attempt.number,
    outcome: attempt.outcome,
    response_status: attempt.responseStatus,
    response_excerpt: attempt.responseExcerpt,
    duration_ms: attempt.durationMs,
    created_at: attempt.createdAt,
  }
}

/** A message as endpoints are sent it: `body` is the very text that is signed. */
export function webhookEventResource(event: RecordedEvent): object {
  return {
    object: 'webhook_event',
    id: event.id,
    type: event.type,
    body: event.body,
    created_at: event.createdAt,
  }
}
