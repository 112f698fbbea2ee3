// Has the feed of changes begin with the first channel that is joined: a project that never uses Realtime keeps no slot.

import type { ChangeFeed } from '../../changes/change.ts'

/**
 * Resolves once what is committed reaches the channel; at the latest after `patience` milliseconds, and at once where the
 * feed cannot be had or waits for Postgres, since everything else that a channel does works without it.
 */
export function createFeedStarter(feed: Pick<ChangeFeed, 'live' | 'state'>, patience: number): () => Promise<void> {
  let starting: Promise<void> | null = null
  return async () => {
    const { kind } = feed.state()
    if (kind !== 'idle' && kind !== 'starting') return
    starting ??= settled(feed.live(), patience).finally(() => (starting = null))
    await starting
  }
}

/** Why the work failed is told by whoever does it. */
async function settled(work: Promise<void>, patience: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, patience)
  work.then(resolve, () => resolve())
  await promise
  clearTimeout(timer)
}
