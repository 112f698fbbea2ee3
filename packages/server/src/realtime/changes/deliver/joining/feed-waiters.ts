// Channels that joined while no changes could be had. They are told once that is over.

import type { ChangeFeed } from '../../change.ts'
import { reasonOf } from './say-subscribed.ts'
import type { Listener } from '../routes/listener.ts'

/** A join is not kept waiting longer than that, in milliseconds: clients give up after ten seconds. */
const PATIENCE = 4000
const BETWEEN_LOOKS = 5000

export interface FeedWaiters {
  /** Null once changes arrive; otherwise why they do not, as a sentence. */
  problem(): Promise<string | null>
  /** Calls back when changes arrive after all. */
  wait(listener: Listener): void
  stop(): void
}

export function createFeedWaiters(feed: ChangeFeed, onLive: (listener: Listener) => void): FeedWaiters {
  const waiting = new Set<Listener>()
  let isWatching = false

  const tellAll = (): void => {
    const told = [...waiting]
    waiting.clear()
    for (const listener of told) if (!listener.isOver) onLive(listener)
  }

  const watch = async (): Promise<void> => {
    while (waiting.size > 0) {
      if (await hasGoneLive(feed)) tellAll()
      else await rest(BETWEEN_LOOKS)
      for (const listener of waiting) if (listener.isOver) waiting.delete(listener)
    }
    isWatching = false
  }

  return {
    async problem() {
      if (feed.state().kind === 'live') return null
      const live = feed.live().then(() => null, reasonOf)
      return await Promise.race([live, rest(PATIENCE).then(() => stateReason(feed))])
    },
    wait(listener) {
      waiting.add(listener)
      if (isWatching) return
      isWatching = true
      void watch()
    },
    stop() {
      waiting.clear()
    },
  }
}

function stateReason(feed: ChangeFeed): string | null {
  const state = feed.state()
  if (state.kind === 'live') return null
  return 'reason' in state ? state.reason : 'Changes do not arrive yet.'
}

async function hasGoneLive(feed: ChangeFeed): Promise<boolean> {
  return await feed.live().then(
    () => true,
    () => false,
  )
}

/** Does not keep the process alive. */
async function rest(milliseconds: number): Promise<void> {
  await new Promise<void>((resolve) => setTimeout(resolve, milliseconds).unref())
}
