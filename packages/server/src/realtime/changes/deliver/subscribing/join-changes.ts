// The join of a channel that listens to changes, up to its answer.

import { Refusal } from '../../../../refusal/refusal.ts'
import type { FeedWaiters } from '../feed-waiters.ts'
import type { Listener, Subscription } from '../routes/listener.ts'
import type { Settled, Subscribers } from '../subscribers.ts'
import { readItem } from './read-item.ts'
import { INCOMPLETE, saySubscriptionRefused, SUBSCRIBED, sayUnpublished } from './say-subscribed.ts'
import type { SubscriptionIds } from './subscription-ids.ts'

type Item = Readonly<Record<string, unknown>>

export interface JoinDeps {
  readonly subscribers: Subscribers
  readonly waiters: FeedWaiters
  readonly ids: SubscriptionIds
  readonly publication: string
}

export interface Notice {
  readonly status: 'ok' | 'error'
  readonly message: string
}

export interface JoinedItems {
  /** As asked, in the same order, each with its id. */
  readonly reply: readonly Item[]
  /** For after the reply. */
  readonly notices: readonly Notice[]
  /** Changes do not arrive yet; when they do, the channel wants to know. */
  readonly isWaiting: boolean
}

/** Of one channel. */
const MOST_ITEMS = 100
/** A client takes it for none. */
const NO_ID = 0

/** The subscriptions are in the routing table, and changes arrive, when this resolves; where not, the notices say so. */
export async function joinChanges(listener: Listener, deps: JoinDeps): Promise<JoinedItems> {
  const notices: Notice[] = []
  const reply = listener.channel.config.postgresChanges.map((item, at) => {
    try {
      if (at >= MOST_ITEMS) throw tooMany()
      return { ...item, id: open(listener, item, deps.ids) }
    } catch (error) {
      notices.push({ status: 'error', message: saySubscriptionRefused(item, error) })
      return { ...item, id: NO_ID }
    }
  })
  if (listener.subscriptions.length === 0) return { reply, notices, isWaiting: false }
  const problem = await deps.waiters.problem()
  const subscriptions = [...listener.subscriptions]
  const settled = await deps.subscribers.settle(listener, subscriptions)
  for (const [at, one] of settled.entries()) {
    const subscription = subscriptions[at]
    if (subscription !== undefined) notices.push(...(await afterwards(listener, subscription, one, deps)))
  }
  if (problem !== null) notices.push({ status: 'error', message: problem })
  else if (settled.some(({ kind }) => kind === 'seated')) notices.push({ status: 'ok', message: SUBSCRIBED })
  return { reply, notices, isWaiting: problem !== null }
}

/** One subscription for equal items: one frame then serves both. */
function open(listener: Listener, item: Item, ids: SubscriptionIds): number {
  const request = readItem(item)
  const id = ids.take(request)
  if (listener.subscriptions.some((one) => one.id === id)) ids.give(id)
  else listener.subscriptions.push({ request, id, item, seats: [] })
  return id
}

async function afterwards(
  listener: Listener,
  subscription: Subscription,
  settled: Settled,
  { subscribers, publication }: JoinDeps,
): Promise<readonly Notice[]> {
  if (settled.kind === 'refused') {
    return [{ status: 'error', message: saySubscriptionRefused(subscription.item, settled.error) }]
  }
  const notices: Notice[] = []
  const [table] = subscription.seats
  if (subscription.request.table !== null && table?.table.isPublished === false) {
    const { schema, table: name } = table.table
    notices.push({ status: 'error', message: sayUnpublished(schema, name, publication) })
  }
  if (settled.missed === null) return notices
  await subscribers.replay(listener, subscription, settled.missed)
  if (!settled.missed.isComplete) notices.push({ status: 'error', message: INCOMPLETE })
  return notices
}

function tooMany(): Refusal {
  return new Refusal('realtime.subscription-invalid', { reason: `a channel takes at most ${MOST_ITEMS} subscriptions` })
}
