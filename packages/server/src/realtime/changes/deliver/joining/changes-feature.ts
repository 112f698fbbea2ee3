// postgres_changes as a feature of channels.

import type { Channel, Feature } from '../../../channels/channel.ts'
import { Listener } from '../routes/listener.ts'
import type { Routes } from '../routes/routes.ts'
import type { Subscribers } from '../subscribing/subscribers.ts'
import type { FeedWaiters } from './feed-waiters.ts'
import { joinChanges, type JoinDeps, type JoinedItems } from './join-changes.ts'
import { SUBSCRIBED } from './say-subscribed.ts'
import type { TellTroubles } from './telling/tell-troubles.ts'

export interface FeatureDeps {
  readonly subscribers: Subscribers
  readonly routes: Routes
  readonly waiters: FeedWaiters
  readonly heldBytes: number
  readonly tellTroubles: TellTroubles
}

export function createChangesFeature(
  joining: JoinDeps,
  { subscribers, routes, waiters, heldBytes, tellTroubles }: FeatureDeps,
): Feature {
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
      listener.isAnswered = true
      for (const { message, hint } of joined.failures) channel.notice('postgres_changes', 'error', message, hint)
      tellTroubles(listener)
      if (joined.isWaiting) waiters.wait(listener)
      else if (listener.isInOrder) channel.notice('postgres_changes', 'ok', SUBSCRIBED)
      void listener.release(() => routes.admit(listener))
    },
    async renewed(channel) {
      const listener = subscribers.find(channel)
      if (listener === undefined) return
      await subscribers.settle(listener, [...listener.subscriptions])
      tellTroubles(listener)
    },
    left: leave,
  }
}
