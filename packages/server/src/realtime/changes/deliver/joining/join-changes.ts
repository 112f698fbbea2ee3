// The join of a channel that listens to changes, up to its answer.

import { Refusal } from '../../../../refusal/refusal.ts'
import type { FeedWaiters } from './feed-waiters.ts'
import type { Listener, Subscription } from '../routes/listener.ts'
import type { Settled, Subscribers } from '../subscribing/subscribers.ts'
import { readItem } from '../subscribing/read-item.ts'
import { INCOMPLETE, saySubscriptionRefused, SUBSCRIBED, sayUnpublished } from './say-subscribed.ts'
import type { SubscriptionIds } from '../subscribing/subscription-ids.ts'

type Item = Readonly<Record<string, unknown>>

export interface JoinDeps {
  readonly subscribers: Subscribers
  readonly waiters: FeedWaiters
  readonly ids: SubscriptionIds
  readonly publication: string
  /** Called while changes arrive, before anything is replayed. */
  readonly place: () => Promise<void>
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

/**
 * The subscriptions are in the routing table, and changes arrive, when this resolves; where not, the notices say so, or the
 * join is refused with `realtime.subscription-invalid` as the client may wish. It always is where there are too many.
 */
export async function joinChanges(listener: Listener, deps: JoinDeps): Promise<JoinedItems> {
  const { config } = listener.channel
  // Each would be answered and spoken of.
  if (config.postgresChanges.length > MOST_ITEMS) {
    throw invalid(`a channel takes at most ${MOST_ITEMS} subscriptions`)
  }
  const { reply, refused } = openAll(listener, config.postgresChanges, deps.ids)
  const problem = listener.subscriptions.length === 0 ? null : await deps.waiters.problem()
  const subscriptions = [...listener.subscriptions]
  if (problem === null && subscriptions.length > 0) await deps.place()
  const settled = await deps.subscribers.settle(listener, subscriptions)
  const said = await Promise.all(
    settled.map(async (one, at) => await afterwards(listener, subscriptions[at], one, deps)),
  )
  const failures = [...refused, ...said.flatMap(({ failure }) => failure ?? []), ...(problem === null ? [] : [problem])]
  const [first] = failures
  if (config.needsPostgresChanges && first !== undefined) throw invalid(first)
  const warnings = said.flatMap(({ warning }) => warning ?? [])
  const errors = [...failures, ...warnings].map((message): Notice => ({ status: 'error', message }))
  const isLive = problem === null && said.some(({ failure }) => failure === null)
  const notices: readonly Notice[] = isLive ? [...errors, { status: 'ok', message: SUBSCRIBED }] : errors
  return { reply, notices, isWaiting: problem !== null }
}

function openAll(
  listener: Listener,
  items: readonly Item[],
  ids: SubscriptionIds,
): { readonly reply: readonly Item[]; readonly refused: readonly string[] } {
  const refused: string[] = []
  const reply = items.map((item) => {
    try {
      return { ...item, id: open(listener, item, ids) }
    } catch (error) {
      refused.push(saySubscriptionRefused(item, error))
      return { ...item, id: NO_ID }
    }
  })
  return { reply, refused }
}

/** One subscription for equal items: one frame then serves both. */
function open(listener: Listener, item: Item, ids: SubscriptionIds): number {
  const request = readItem(item)
  const id = ids.take(request)
  if (listener.subscriptions.some((one) => one.id === id)) ids.give(id)
  else listener.subscriptions.push({ request, id, item, seats: [], refusedFor: null })
  return id
}

/** What there is to say once a subscription has its place, or has none: why nothing comes of it, or what may be missing. */
interface Afterwards {
  readonly failure: string | null
  readonly warning: string | null
}

async function afterwards(
  listener: Listener,
  subscription: Subscription | undefined,
  settled: Settled,
  { subscribers, publication }: JoinDeps,
): Promise<Afterwards> {
  if (subscription === undefined) return { failure: null, warning: null }
  if (settled.kind === 'refused') {
    return { failure: saySubscriptionRefused(subscription.item, settled.error), warning: null }
  }
  const { missed } = settled
  const isHeld = missed === null || (await subscribers.replay(listener, subscription, missed))
  return {
    failure: unpublished(subscription, publication),
    warning: missed === null || (missed.isComplete && isHeld) ? null : INCOMPLETE,
  }
}

/** It has its place all the same, and hears of the table once it is published. */
function unpublished({ request, seats }: Subscription, publication: string): string | null {
  const [seat] = seats
  if (request.table === null || seat === undefined || seat.table.isPublished) return null
  return sayUnpublished(seat.table, publication)
}

function invalid(reason: string): Refusal {
  return new Refusal('realtime.subscription-invalid', { reason })
}
