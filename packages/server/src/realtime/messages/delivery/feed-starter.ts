// Has the feed of changes begin with the first channel that is joined: a project that never uses Realtime keeps no slot.

import type { ChangeFeed } from '../../changes/change.ts'

/**
 * Resolves once what is committed reaches the channel, or after `patience` milliseconds without that: then nobody waits
 * again until the feed has been live, and nobody waits where it cannot be had, since everything else that a channel does
 * works without it.
 */
export function createFeedStarter(feed: Pick<ChangeFeed, 'live' | 'state'>, patience: number): () => Promise<void> {
  let starting: Promise<void> | null = null
  let isPatient = true
  const start = async (): Promise<void> => {
    await settled(feed.live(), patience)
    isPatient = feed.state().kind === 'live'
    starting = null
  }
  return async () => {
    const { kind } = feed.state()
    if (kind === 'live') isPatient = true
    else if (isPatient && kind !== 'unavailable') await (starting ??= start())
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
