import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

import { Refusal } from '../../../../refusal/refusal.ts'
import { channelOf } from '../../../broadcast/channel-of.test-support.ts'
import type { ChangeFeed, FeedState } from '../../change.ts'
import { createFeedWaiters } from './feed-waiters.ts'
import { Listener } from '../routes/listener.ts'

const GRANT = 'alter role app replication;'
const unavailable = new Refusal('realtime.feed-unavailable', { reason: 'The role may not replicate.', grant: GRANT })

/** A feed that fares as it is told to. */
function feedThat(state: () => FeedState, live: () => Promise<void>): ChangeFeed {
  return { state, live, listen: () => () => undefined, onLoss: () => () => undefined, close: async () => undefined }
}

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

describe('who joins while there are no changes', () => {
  test('is told which grant is missing, and that they arrive once it was given', async () => {
    let isGranted = false
    const feed = feedThat(
      () => ({ kind: 'unavailable', reason: '', grant: GRANT }),
      async () => {
        if (!isGranted) throw unavailable
        await Promise.resolve()
      },
    )
    const told: Listener[] = []
    const waiters = createFeedWaiters(feed, (listener) => void told.push(listener))
    expect(await waiters.problem()).toBe(`The role may not replicate. (${GRANT})`)
    const [staying, gone] = [new Listener(channelOf({}), 1000), new Listener(channelOf({}), 1000)]
    waiters.wait(staying)
    waiters.wait(gone)
    await vi.advanceTimersByTimeAsync(20_000)
    expect(told).toEqual([])
    gone.isOver = true
    isGranted = true
    await vi.advanceTimersByTimeAsync(6000)
    expect(told).toEqual([staying])
  })

  test('is not kept waiting for a Postgres that is away', async () => {
    const feed = feedThat(
      () => ({ kind: 'waiting', reason: 'Postgres starts.' }),
      async () => await new Promise(() => undefined),
    )
    const waiters = createFeedWaiters(feed, () => undefined)
    const problem = waiters.problem()
    await vi.advanceTimersByTimeAsync(4000)
    expect(await problem).toBe('Postgres starts.')
  })

  test('waits for nothing while they arrive', async () => {
    const feed = feedThat(
      () => ({ kind: 'live', by: 'own-slot' }),
      async () => await new Promise(() => undefined),
    )
    expect(await createFeedWaiters(feed, () => undefined).problem()).toBeNull()
  })
})
