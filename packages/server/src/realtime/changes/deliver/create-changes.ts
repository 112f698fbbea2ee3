// postgres_changes: what a join subscribes to, and what of the feed reaches whom.

import type { Database } from '../../../database/statement.ts'
import type { Deliver } from '../../broadcast/rooms.ts'
import type { Feature } from '../../channels/channel.ts'
import type { RealtimeConfig } from '../../config.ts'
import type { ChangeFeed } from '../change.ts'
import type { TypeKeeper } from '../decode/cells/type-keeper.ts'
import type { Judge } from '../judge/judge.ts'
import type { TableKeeper } from '../tables/table-facts.ts'
import { createUntilVisible } from '../visibility/until-visible.ts'
import { Turns } from './dispatch/turns.ts'
import { createFilterKeeper } from './filter/filter-keeper.ts'
import { Hearing } from './hearing/hearing.ts'
import { createTurnstile } from './hearing/turnstile.ts'
import { createChangesFeature } from './joining/changes-feature.ts'
import { createFeedWaiters } from './joining/feed-waiters.ts'
import { SUBSCRIBED } from './joining/say-subscribed.ts'
import { createTellTroubles } from './joining/telling/tell-troubles.ts'
import { placeMemory } from './replay/place-memory.ts'
import { createRecentChanges } from './replay/recent-changes.ts'
import { Routes } from './routes/routes.ts'
import { Subscribers } from './subscribing/subscribers.ts'
import { createSubscriptionIds } from './subscribing/subscription-ids.ts'
import { createSeating } from './subscribing/take-seats.ts'

export interface ChangesDeps {
  readonly feed: ChangeFeed
  readonly judge: Judge
  readonly tables: TableKeeper
  readonly database: Database
  /** The role that `database` logs in as. */
  readonly role: string
  /** The same, for what whoever joins asks of it. */
  readonly joining: Pick<Database, 'run'>
  readonly deliver: Deliver
  readonly types: TypeKeeper
  readonly config: RealtimeConfig
  /** Unix milliseconds. */
  readonly now: () => number
  /** Hears of what broke; whoever it concerned has been told. */
  readonly report: (error: unknown) => void
  /** Hears, once each, why nothing reaches those who listen to a table. */
  readonly reportTrouble: (message: string) => void
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
  let isOver = false
  const untilVisible = createUntilVisible({ database: deps.database, role: deps.role, isOver: () => isOver })
  const dispatching = { ...deps, changeBytes: config.limits.changeBytes, turns: new Turns(), untilVisible }
  const turnstile = createTurnstile()
  const seating = createSeating({ ...deps, filters: createFilterKeeper(deps.joining) })
  const tellTroubles = createTellTroubles(config.feed.publication, deps.reportTrouble)
  const subscribers = new Subscribers({ routes, seating, turnstile, recent, dispatching, onReadmitted: tellTroubles })
  const waiters = createFeedWaiters(deps.feed, (listener) => {
    if (listener.isInOrder) listener.channel.notice('postgres_changes', 'ok', SUBSCRIBED)
  })
  const hearing = new Hearing({ subscribers, turnstile, recent, dispatching, report })
  const stops = [
    deps.feed.listen(async (chunk) => await hearing.hear(chunk)),
    deps.feed.onLoss((reason) => hearing.lose(reason)),
  ]
  const joining = {
    subscribers,
    waiters,
    ids: createSubscriptionIds(),
    publication: config.feed.publication,
    place: async () => await placeMemory(recent, deps.database),
  }
  return {
    feature: createChangesFeature(joining, {
      subscribers,
      routes,
      waiters,
      heldBytes: config.limits.waitingBytes,
      tellTroubles,
    }),
    close() {
      isOver = true
      hearing.stop()
      for (const stop of stops) stop()
      waiters.stop()
    },
  }
}
