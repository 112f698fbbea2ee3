// postgres_changes: what a join subscribes to, and what of the feed reaches whom.

import type { Database } from '../../../database/statement.ts'
import type { Deliver } from '../../broadcast/rooms.ts'
import type { Channel, Feature } from '../../channels/channel.ts'
import type { RealtimeConfig } from '../../config.ts'
import type { ChangeChunk, ChangeFeed } from '../change.ts'
import type { TypeKeeper } from '../decode/cells/type-keeper.ts'
import type { Judge } from '../judge/judge.ts'
import type { TableKeeper } from '../tables/table-facts.ts'
import { committedChanges, dispatch, type DispatchDeps } from './dispatch/dispatch.ts'
import { persist } from './dispatch/persist.ts'
import { createTurnstile } from './dispatch/turnstile.ts'
import { createFeedWaiters, type FeedWaiters } from './feed-waiters.ts'
import { createFilterKeeper } from './filter/filter-keeper.ts'
import { createRecentChanges, type RecentChanges } from './replay/recent-changes.ts'
import { Listener } from './routes/listener.ts'
import { Routes } from './routes/routes.ts'
import { Subscribers } from './subscribers.ts'
import { joinChanges, type JoinedItems, type JoinDeps } from './subscribing/join-changes.ts'
import { saySubscriptionRefused, SUBSCRIBED } from './subscribing/say-subscribed.ts'
import { createSubscriptionIds } from './subscribing/subscription-ids.ts'
import { createSeating } from './subscribing/take-seats.ts'

export interface ChangesDeps {
  readonly feed: ChangeFeed
  readonly judge: Judge
  readonly tables: TableKeeper
  readonly database: Database
  readonly deliver: Deliver
  readonly types: TypeKeeper
  readonly config: RealtimeConfig
  /** Unix milliseconds. */
  readonly now: () => number
  /** Hears of what broke; whoever it concerned has been told. */
  readonly report: (error: unknown) => void
}

export interface Changes {
  readonly feature: Feature
  close(): void
}

/** Hears the feed from now on, so that what is committed before the first subscription can be asked for by `since`. */
export function createChanges(deps: ChangesDeps): Changes {
  const { config, judge, report } = deps
  const routes = new Routes(judge)
  const recent = createRecentChanges({ seconds: config.feed.replaySeconds, bytes: config.feed.replayBytes }, deps.now)
  const dispatching = { ...deps, changeBytes: config.limits.changeBytes }
  const turnstile = createTurnstile()
  const seating = createSeating({ ...deps, filters: createFilterKeeper(deps.database) })
  const subscribers = new Subscribers({ routes, seating, turnstile, recent, dispatching })
  const waiters = createFeedWaiters(deps.feed, (listener) => {
    listener.channel.notice('postgres_changes', 'ok', SUBSCRIBED)
  })
  const hearing = new Hearing({ subscribers, recent, dispatching, report })
  const stops = [
    deps.feed.listen(async (chunk) => await turnstile.pass(async () => await hearing.hear(chunk))),
    deps.feed.onLoss((reason) => hearing.lose(reason)),
  ]
  const joining = { subscribers, waiters, ids: createSubscriptionIds(), publication: config.feed.publication }
  return {
    feature: createFeature(joining, { subscribers, routes, waiters, heldBytes: config.limits.waitingBytes }),
    close() {
      hearing.isOver = true
      for (const stop of stops) stop()
      waiters.stop()
    },
  }
}

interface HearingDeps {
  readonly subscribers: Subscribers
  readonly recent: RecentChanges
  readonly dispatching: DispatchDeps
  readonly report: (error: unknown) => void
}

/** What the feed reads of it is for others; it is no table of the project's. */
const OWN_SCHEMA = 'realtime'

/** The feed's listener. */
class Hearing {
  readonly #deps: HearingDeps
  isOver = false

  constructor(deps: HearingDeps) {
    this.#deps = deps
  }

  async hear(heard: ChangeChunk): Promise<void> {
    const { subscribers, dispatching, recent } = this.#deps
    const chunk = { ...heard, changes: heard.changes.filter(({ relation }) => relation.schema !== OWN_SCHEMA) }
    const isOver = (): boolean => this.isOver
    try {
      if (chunk.schemaChanged) await persist(async () => await this.#readmit(), isOver)
      const changes = committedChanges(chunk)
      const routeOf = subscribers.routeOf.bind(subscribers)
      await persist(async () => await dispatch(changes, routeOf, dispatching), isOver)
    } catch (error) {
      if (this.isOver) return
      this.#deps.report(error)
      this.#sendBack('Changes could not be delivered; join again')
    } finally {
      recent.keep(chunk)
    }
  }

  lose(reason: string): void {
    this.#deps.recent.restart()
    this.#sendBack(`Changes may have been lost: ${reason}`)
  }

  async #readmit(): Promise<void> {
    for (const { listener, subscription, error } of await this.#deps.subscribers.readmit()) {
      listener.channel.notice('postgres_changes', 'error', saySubscriptionRefused(subscription.item, error))
    }
  }

  /** Clients take `phx_error` as a reason to join again, which `phx_close` is not. */
  #sendBack(reason: string): void {
    for (const { channel } of this.#deps.subscribers.all()) {
      channel.notice('postgres_changes', 'error', reason)
      channel.push('phx_error', {})
    }
  }
}

interface FeatureDeps {
  readonly subscribers: Subscribers
  readonly routes: Routes
  readonly waiters: FeedWaiters
  readonly heldBytes: number
}

function createFeature(joining: JoinDeps, { subscribers, routes, waiters, heldBytes }: FeatureDeps): Feature {
  const items = new WeakMap<Listener, JoinedItems>()

  const leave = (channel: Channel): void => {
    const listener = subscribers.find(channel)
    if (listener === undefined) return
    subscribers.leave(listener)
    for (const { id } of listener.subscriptions) joining.ids.give(id)
  }

  return {
    events: [],
    async join(channel) {
      if (channel.config.postgresChanges.length === 0) return { postgres_changes: [] }
      const listener = new Listener(channel, heldBytes)
      subscribers.enter(listener)
      try {
        const joined = await joinChanges(listener, joining)
        items.set(listener, joined)
        return { postgres_changes: joined.reply }
      } catch (error) {
        leave(channel)
        throw error
      }
    },
    joined(channel) {
      const listener = subscribers.find(channel)
      const joined = listener === undefined ? undefined : items.get(listener)
      if (listener === undefined || joined === undefined) return
      for (const { status, message } of joined.notices) channel.notice('postgres_changes', status, message)
      if (joined.isWaiting) waiters.wait(listener)
      const held = listener.held ?? []
      listener.held = null
      for (const frame of held) channel.connection.send(frame)
      routes.admit(listener)
    },
    async renewed(channel) {
      const listener = subscribers.find(channel)
      if (listener === undefined) return
      const before = [...listener.subscriptions]
      const settled = await subscribers.settle(listener, before)
      settled.forEach((one, at) => {
        const item = before[at]?.item
        if (one.kind === 'refused' && item !== undefined) {
          channel.notice('postgres_changes', 'error', saySubscriptionRefused(item, one.error))
        }
      })
    },
    left: leave,
  }
}
