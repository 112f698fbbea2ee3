// The join of a channel that listens to changes, up to its answer.

import { Refusal } from '../../../../refusal/refusal.ts'
import type { FeedWaiters } from './feed-waiters.ts'
import type { Listener, Subscription } from '../routes/listener.ts'
import type { Settled, Subscribers } from '../subscribing/subscribers.ts'
import { readItem } from '../subscribing/read-item.ts'
import { INCOMPLETE, type Said, sayRefused } from './say-subscribed.ts'
import type { SubscriptionIds } from '../subscribing/subscription-ids.ts'
import { troubleOf } from './telling/trouble-of.ts'

type Item = Readonly<Record<string, unknown>>

export interface JoinDeps {
  readonly subscribers: Subscribers
  readonly waiters: FeedWaiters
  readonly ids: SubscriptionIds
  readonly publication: string
  /** Called while changes arrive, before anything is replayed. */
  readonly place: () => Promise<void>
}

export interface JoinedItems {
  /** As asked, in the same order, each with its id. */
  readonly reply: readonly Item[]
  /** What went wrong, for after the reply; what is wrong with subscriptions that have their place is theirs to say. */
  readonly failures: readonly Said[]
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
  const incomplete = await Promise.all(
    settled.map(async (one, at) => await replayed(listener, subscriptions[at], one, deps)),
  )
  const failures = [...refused, ...(problem === null ? [] : [{ message: problem, hint: null }])]
  const [first] = [...refused, ...missing(subscriptions, deps.publication), ...failures]
  if (config.needsPostgresChanges && first !== undefined) throw invalid(inOneSentence(first))
  return { reply, failures: [...failures, ...incomplete.flat()], isWaiting: problem !== null }
}

/** What may not be read yet is no reason to join again: an owner may let it be read at any time. */
function missing(subscriptions: readonly Subscription[], publication: string): readonly Said[] {
  const troubles = subscriptions.flatMap((one) => troubleOf(one, publication) ?? [])
  return troubles.filter(({ kind }) => kind !== 'unreadable')
}

function openAll(
  listener: Listener,
  items: readonly Item[],
  ids: SubscriptionIds,
): { readonly reply: readonly Item[]; readonly refused: readonly Said[] } {
  const refused: Said[] = []
  const reply = items.map((item) => {
    try {
      return { ...item, id: open(listener, item, ids) }
    } catch (error) {
      refused.push(sayRefused(error))
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
  else listener.subscriptions.push({ request, id, seats: [], refusedFor: null, toldOf: null })
  return id
}

/** Holds what was missed for after the reply; says where some of it may be missing. */
async function replayed(
  listener: Listener,
  subscription: Subscription | undefined,
  settled: Settled,
  { subscribers }: JoinDeps,
): Promise<readonly Said[]> {
  if (subscription === undefined || settled.kind === 'refused' || settled.missed === null) return []
  const { missed } = settled
  const isHeld = await subscribers.replay(listener, subscription, missed)
  return missed.isComplete && isHeld ? [] : [INCOMPLETE]
}

function inOneSentence({ message, hint }: Said): string {
  return hint === null ? message : `${message}: ${hint}`
}

function invalid(reason: string): Refusal {
  return new Refusal('realtime.subscription-invalid', { reason })
}
