// Everybody who listens to changes on this process: how they come in, change who they are, and go, while changes pass.

import type { Channel } from '../../../channels/channel.ts'
import type { Relation } from '../../change.ts'
import type { DispatchDeps } from '../dispatch/dispatch.ts'
import { isAway } from '../hearing/persist.ts'
import { createTurnstile, type Turnstile } from '../hearing/turnstile.ts'
import { saySubscriptionRefused } from '../joining/say-subscribed.ts'
import type { KeptChunk, RecentChanges } from '../replay/recent-changes.ts'
import { replayFor } from '../replay/replay-for.ts'
import type { Listener, Seat, Subscription } from '../routes/listener.ts'
import type { Routes } from '../routes/routes.ts'
import type { TableRoute } from '../routes/table-route.ts'
import type { TableName } from './change-request.ts'
import { inGroups } from './in-groups.ts'
import type { Seating } from './take-seats.ts'

export interface SubscribersDeps {
  readonly routes: Routes
  readonly seating: Seating
  readonly turnstile: Turnstile
  readonly recent: RecentChanges
  readonly dispatching: DispatchDeps
  /** Hears of each listener whose subscriptions were put anew where a change of the schema makes them belong. */
  readonly onReadmitted: (listener: Listener) => void
}

/** What became of a subscription: it is in the routing table, or its `refusedFor` says why not. */
export type Settled = { readonly kind: 'seated'; readonly missed: Missed | null } | { readonly kind: 'refused' }

/** What `since` asked for. */
export interface Missed {
  readonly chunks: readonly KeptChunk[]
  readonly isComplete: boolean
}

type Taken = readonly Seat[] | { readonly error: unknown }

export class Subscribers {
  readonly #deps: SubscribersDeps
  /** One at a time: each may take as much memory as all that is kept. */
  readonly #replays = createTurnstile()
  readonly #listeners = new Map<Channel, Listener>()
  /** Counts what was forgotten: a seat of an earlier count is none. */
  #epoch = 0
  /** The schema changed, and not everybody has been put into a class of now. */
  #isStale = false

  constructor(deps: SubscribersDeps) {
    this.#deps = deps
  }

  all(): Iterable<Listener> {
    return this.#listeners.values()
  }

  find(channel: Channel): Listener | undefined {
    return this.#listeners.get(channel)
  }

  enter(listener: Listener): void {
    this.#listeners.set(listener.channel, listener)
  }

  leave(listener: Listener): void {
    listener.isOver = true
    this.#listeners.delete(listener.channel)
    for (const subscription of listener.subscriptions) this.#deps.routes.remove(subscription)
  }

  /**
   * Puts subscriptions where they belong, or anew where they now belong; between two changes, all at once, and for whoever
   * the channel's identity is by then.
   */
  async settle(listener: Listener, subscriptions: readonly Subscription[]): Promise<readonly Settled[]> {
    for (;;) {
      const epoch = this.#epoch
      const { identity } = listener.channel
      const taken = await Promise.all(subscriptions.map(async (one) => await this.#take(listener, one)))
      const settled = await this.#deps.turnstile.pass(async () =>
        epoch === this.#epoch && identity === listener.channel.identity
          ? await this.#seatAll(listener, subscriptions, taken)
          : null,
      )
      if (settled !== null) return settled
      this.#giveBack(taken)
    }
  }

  /** Holds the frames of what was missed for the join's answer. False where they are more than may be held. */
  async replay(listener: Listener, subscription: Subscription, missed: Missed): Promise<boolean> {
    return await this.#replays.pass(async () => await this.#replay(listener, subscription, missed))
  }

  async #replay(listener: Listener, subscription: Subscription, { chunks }: Missed): Promise<boolean> {
    const { turnstile, dispatching } = this.#deps
    for (;;) {
      const { epoch, seats } = await turnstile.pass(async () => {
        await this.freshen()
        return { epoch: this.#epoch, seats: [...subscription.seats] }
      })
      const frames = await replayFor(seats, chunks, dispatching)
      if (epoch !== this.#epoch && !listener.isOver) continue
      return listener.holdFirst(frames)
    }
  }

  /**
   * Where a relation's changes go. With its first change a table meets the subscriptions to its whole schema, also where
   * somebody has named it before.
   */
  async routeOf(relation: Relation): Promise<TableRoute | undefined> {
    const { routes, seating } = this.#deps
    const known = routes.find(relation)
    if (known?.hasMetAll === true) return known
    const wild = routes.wildOnesFor(relation).filter(({ subscription }) => !isSeatedAt(subscription.seats, relation))
    if (known === undefined && wild.length === 0) return undefined
    const seats = await inGroups(wild, async ({ listener, subscription }) => {
      const seat = await refusalToNull(seating.take(listener, subscription, relation))
      return { subscription, listener, seat }
    })
    const route = routes.at(relation)
    for (const { subscription, listener, seat } of seats) {
      if (seat === null) continue
      if (listener.isOver) routes.discard(seat)
      else routes.add(subscription, seat)
    }
    route.hasMetAll = true
    return route
  }

  /** Whether anybody may hear of a relation's changes. */
  hears(relation: Relation): boolean {
    const { routes } = this.#deps
    return routes.find(relation) !== undefined || routes.wildOnesFor(relation).length > 0
  }

  /** The schema changed: nobody hears anything before `freshen`, which may wait for more such changes. */
  forget(): void {
    this.#epoch += 1
    this.#isStale = true
    this.#deps.seating.forget()
  }

  /** Puts everybody into a class of now, where the schema has changed. Between two changes, like `forget`. */
  async freshen(): Promise<void> {
    if (!this.#isStale) return
    await inGroups([...this.#listeners.values()], async (listener) => await this.#readmit(listener))
    this.#isStale = false
  }

  async #readmit(listener: Listener): Promise<void> {
    const subscriptions = [...listener.subscriptions]
    const taken = await Promise.all(subscriptions.map(async (one) => await this.#take(listener, one)))
    await this.#seatAll(listener, subscriptions, taken)
    this.#deps.onReadmitted(listener)
  }

  async #take(listener: Listener, subscription: Subscription): Promise<Taken> {
    const { schema, table } = subscription.request
    try {
      if (table !== null) return [await this.#deps.seating.take(listener, subscription, { schema, table })]
      return await this.#takeWild(listener, subscription, this.#deps.routes.tablesOf(subscription))
    } catch (error) {
      if (isAway(error)) throw error
      return { error }
    }
  }

  async #takeWild(
    listener: Listener,
    subscription: Subscription,
    names: readonly TableName[],
  ): Promise<readonly Seat[]> {
    const seats = await inGroups(
      names,
      async (name) => await refusalToNull(this.#deps.seating.take(listener, subscription, name)),
    )
    return seats.filter((seat) => seat !== null)
  }

  async #seatAll(
    listener: Listener,
    subscriptions: readonly Subscription[],
    taken: readonly Taken[],
  ): Promise<readonly Settled[]> {
    const settled: Settled[] = []
    for (const [at, subscription] of subscriptions.entries()) {
      const seats = taken[at] ?? []
      if ('error' in seats) {
        this.#deps.routes.remove(subscription)
        subscription.refusedFor = saySubscriptionRefused(subscription.request, seats.error)
        settled.push({ kind: 'refused' })
      } else settled.push(await this.#seat(listener, subscription, seats))
    }
    return settled
  }

  async #seat(listener: Listener, subscription: Subscription, seats: readonly Seat[]): Promise<Settled> {
    const { routes, recent } = this.#deps
    subscription.refusedFor = null
    // Tables that were first seen while the others were looked up.
    const more = subscription.request.table === null ? this.#unseated(subscription, seats) : []
    const all = [...seats, ...(await this.#takeWild(listener, subscription, more))]
    if (listener.isOver) {
      for (const seat of all) routes.discard(seat)
      return { kind: 'seated', missed: null }
    }
    routes.watch(listener, subscription)
    routes.seat(subscription, all)
    const { since } = subscription.request
    return { kind: 'seated', missed: since === null || !listener.isHolding ? null : recent.since(since) }
  }

  #giveBack(taken: readonly Taken[]): void {
    for (const seats of taken) {
      if (!('error' in seats)) for (const seat of seats) this.#deps.routes.discard(seat)
    }
  }

  #unseated(subscription: Subscription, seats: readonly Seat[]): readonly TableName[] {
    return this.#deps.routes.tablesOf(subscription).filter((name) => !isSeatedAt(seats, name))
  }
}

/** Of a table among many that cannot be had, there is nothing to tell. */
async function refusalToNull(taking: Promise<Seat>): Promise<Seat | null> {
  try {
    return await taking
  } catch (error) {
    if (isAway(error)) throw error
    return null
  }
}

function isSeatedAt(seats: readonly Seat[], { schema, table }: TableName): boolean {
  return seats.some((seat) => seat.table.schema === schema && seat.table.table === table)
}
