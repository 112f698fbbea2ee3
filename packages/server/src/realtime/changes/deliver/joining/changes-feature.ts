// postgres_changes as a feature of channels.

import type { Channel, Feature } from '../../../channels/channel.ts'
import { Listener } from '../routes/listener.ts'
import type { Routes } from '../routes/routes.ts'
import type { Subscribers } from '../subscribing/subscribers.ts'
import type { FeedWaiters } from './feed-waiters.ts'
import { joinChanges, type JoinDeps, type JoinedItems } from './join-changes.ts'
import { saySubscriptionRefused } from './say-subscribed.ts'

export interface FeatureDeps {
  readonly subscribers: Subscribers
  readonly routes: Routes
  readonly waiters: FeedWaiters
  readonly heldBytes: number
}

export function createChangesFeature(
  joining: JoinDeps,
  { subscribers, routes, waiters, heldBytes }: FeatureDeps,
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
      for (const { status, message } of joined.notices) channel.notice('postgres_changes', status, message)
      if (joined.isWaiting) waiters.wait(listener)
      void listener.release(() => routes.admit(listener))
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
