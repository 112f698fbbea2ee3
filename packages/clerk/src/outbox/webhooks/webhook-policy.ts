// How patient deliveries are. The defaults are Svix's published schedule.

import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'

export interface WebhookPolicy {
  /** Milliseconds between one attempt and the next; after the last one a delivery has failed. */
  readonly retryDelays: readonly number[]
  /** Milliseconds an endpoint may take to answer. */
  readonly patience: number
  /** Milliseconds after which another process takes over a delivery that was begun and not finished. */
  readonly lease: number
  /** Milliseconds of nothing but failure after which an endpoint is disabled. */
  readonly disableAfter: number
}

const second = 1000
const minute = 60 * second
const hour = 60 * minute

/** Eight attempts over a bit more than a day; five days of failure disable an endpoint. */
const defaultWebhookPolicy: WebhookPolicy = {
  retryDelays: [5 * second, 5 * minute, 30 * minute, 2 * hour, 5 * hour, 10 * hour, 10 * hour],
  patience: 15 * second,
  lease: 30 * second,
  disableAfter: 120 * hour,
}

/** The defaults with what is given instead. Refuses a lease that ends before an attempt may. */
export function webhookPolicyOf(given: Partial<WebhookPolicy>): WebhookPolicy {
  const policy = { ...defaultWebhookPolicy, ...given }
  if (policy.lease > policy.patience) return policy
  throw new ClerkRefusal('option_invalid', { option: 'webhookPolicy.lease', expected: 'more than its patience' })
}

/** When to try again after so many attempts, or null when that was the last one. */
export function nextAttemptAt(policy: WebhookPolicy, attempts: number, now: number): number | null {
  const delay = policy.retryDelays[attempts - 1]
  return delay === undefined ? null : now + delay
}
