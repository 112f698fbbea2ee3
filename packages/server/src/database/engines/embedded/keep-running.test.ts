import { describe, expect, it } from 'vitest'

import type { EngineEvent } from '../engine.ts'
import { keepRunning, restartDelay } from './keep-running.ts'
import type { Postmaster } from './postmaster.ts'

/** A stand-in for the server process that ends when it is told to. */
function processThat(): { postmaster: Postmaster; crash: () => void } {
  const { promise, resolve } = Promise.withResolvers<string>()
  const stop = async (): Promise<void> => resolve('ended with code 0')
  return { postmaster: { pid: 1, ended: promise, stop }, crash: () => resolve('ended by signal 9') }
}

describe('restarting Postgres', () => {
  it('waits twice as long each time, ten seconds at most', () => {
    expect([0, 1, 2, 3, 6, 7, 50].map(restartDelay)).toEqual([100, 200, 400, 800, 6400, 10_000, 10_000])
  })

  it('goes on trying while the start fails, reports each failure, and tells when it is up again', async () => {
    const first = processThat()
    const outcomes: (() => Postmaster)[] = [
      () => first.postmaster,
      () => {
        throw new Error('still busy')
      },
      () => processThat().postmaster,
    ]
    const events: EngineEvent[] = []
    const restarted = Promise.withResolvers<void>()
    const kept = await keepRunning({
      start: async () => (outcomes.shift() ?? (() => first.postmaster))(),
      readLog: async () => 'the log',
      onEvent: (event) => {
        events.push(event)
        if (event.kind === 'restarted') restarted.resolve()
      },
      now: () => 0,
    })
    first.crash()
    await restarted.promise
    await kept.stop()
    expect(events).toEqual([
      { kind: 'crashed', reason: 'ended by signal 9', log: 'the log', restartIn: 100 },
      { kind: 'restart-failed', reason: 'still busy', attempt: 1, restartIn: 200 },
      { kind: 'restarted', attempts: 2, downFor: 0 },
    ])
    expect(kept.pid()).toBeNull()
  })
})
