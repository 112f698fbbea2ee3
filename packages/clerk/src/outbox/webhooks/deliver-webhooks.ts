// Takes events to the endpoints that want them. Each endpoint is served by itself, one event after the other in
// the order of recording, so that a slow one holds up nobody else.

import type { FastifyBaseLogger } from 'fastify'

import type { ClerkDatabase } from '../../state/database/database.ts'
import type { Store } from '../../state/database/store.ts'
import { type Attempt, insertAttempt } from '../../state/outbox/webhook-attempts.ts'
import {
  type LeasedDelivery,
  leaseDelivery,
  markDelivered,
  markUndelivered,
  noteFailure,
  releaseDelivery,
  type WaitingEndpoint,
  waitingEndpoints,
} from '../../state/outbox/webhook-deliveries.ts'
import { attemptDelivery } from './attempt-delivery.ts'
import { nextAttemptAt, type WebhookPolicy } from './webhook-policy.ts'

export interface WebhookDelivery {
  readonly database: ClerkDatabase
  /** By the instance's id. */
  readonly stores: ReadonlyMap<string, Store>
  readonly policy: WebhookPolicy
  readonly now: () => number
  readonly logger?: FastifyBaseLogger | undefined
}

export interface WebhookDeliverer {
  /** Begins to serve every endpoint that something is due for. Resolves to the milliseconds until more is due, or null. */
  work(): Promise<number | null>
  /** Lets attempts under way end within `STOP_PATIENCE`, and gives back the leases of those that do not. */
  stop(): Promise<void>
}

const STOP_PATIENCE = 2000

/** `wake` is called when an endpoint has been served, because more may have come. */
export function createWebhookDeliverer(delivery: WebhookDelivery, wake: () => void): WebhookDeliverer {
  const served = new Map<string, Promise<void>>()
  const aborted = new AbortController()
  let stopping = false
  const begin = (endpoint: WaitingEndpoint): void => {
    const serving = serve(endpoint, delivery, { isStopping: () => stopping, signal: aborted.signal })
      .catch((err: unknown) => delivery.logger?.warn({ err, endpoint: endpoint.endpointId }, 'webhooks were held up'))
      .finally(() => {
        served.delete(endpoint.endpointId)
        wake()
      })
    served.set(endpoint.endpointId, serving)
  }
  return {
    async work() {
      const waiting = await waitingEndpoints(delivery.database, [...delivery.stores.keys()])
      const idle = waiting.filter(({ endpointId }) => !served.has(endpointId))
      const now = delivery.now()
      if (!stopping) for (const endpoint of idle) if (endpoint.dueAt <= now) begin(endpoint)
      const later = idle.map(({ dueAt }) => dueAt - now).filter((pause) => pause > 0)
      return later.length === 0 ? null : Math.min(...later)
    },
    async stop() {
      stopping = true
      const deadline = setTimeout(() => aborted.abort(), STOP_PATIENCE)
      await Promise.all(served.values())
      clearTimeout(deadline)
    },
  }
}

interface Stopping {
  readonly isStopping: () => boolean
  readonly signal: AbortSignal
}

/** Sends what is due, until nothing is. */
async function serve(endpoint: WaitingEndpoint, delivery: WebhookDelivery, stopping: Stopping): Promise<void> {
  const { policy, stores } = delivery
  const store = stores.get(endpoint.instanceId)
  if (store === undefined) return
  while (!stopping.isStopping()) {
    const leased = await leaseDelivery(store, endpoint.endpointId, policy.lease)
    if (leased === null) return
    const { url, secret } = endpoint
    const { eventId, body } = leased
    const attempt = await attemptDelivery({
      url,
      secret,
      eventId,
      body,
      patience: policy.patience,
      signal: stopping.signal,
    })
    if (attempt === null) await releaseDelivery(store, endpoint.endpointId, eventId)
    else if (await conclude(store, endpoint, leased, attempt, delivery)) return
  }
}

/** Writes down what came of an attempt. True where the endpoint is disabled for it. */
async function conclude(
  outer: Store,
  { endpointId, url }: WaitingEndpoint,
  { eventId, attempts }: LeasedDelivery,
  attempt: Attempt,
  { policy, logger }: WebhookDelivery,
): Promise<boolean> {
  const disabled = await outer.atomically(async (store) => {
    await insertAttempt(store, endpointId, eventId, attempts + 1, attempt)
    if (attempt.outcome === 'delivered') {
      await markDelivered(store, endpointId, eventId)
      return false
    }
    await markUndelivered(store, endpointId, eventId, nextAttemptAt(policy, attempts + 1, store.now()))
    return await noteFailure(store, endpointId, policy.disableAfter)
  })
  if (attempt.outcome !== 'delivered') {
    const { outcome, responseStatus: status } = attempt
    logger?.info({ endpoint: endpointId, event: eventId, attempt: attempts + 1, outcome, status }, 'webhook failed')
  }
  if (disabled) logger?.warn({ endpoint: endpointId, url }, 'webhook endpoint disabled: it has only failed for long')
  return disabled
}
