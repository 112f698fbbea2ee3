// What a channel is told when a change of the schema makes something else of one of its subscriptions.

import type { Readmitted } from '../subscribing/subscribers.ts'
import { saySubscriptionRefused, SUBSCRIBED } from './say-subscribed.ts'

export function tellReadmitted(one: Readmitted): void {
  const { channel } = one.listener
  if (one.kind === 'found') channel.notice('postgres_changes', 'ok', SUBSCRIBED)
  else channel.notice('postgres_changes', 'error', saySubscriptionRefused(one.subscription.item, one.error))
}
