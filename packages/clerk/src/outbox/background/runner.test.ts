import { expect, test, vi } from 'vitest'

import { startRunner } from './runner.ts'

/** Work that a test lets finish, run by run. */
function heldWork() {
  const runs: (() => void)[] = []
  const work = () => new Promise<null>((resolve) => void runs.push(() => resolve(null)))
  return { runs, work }
}

const settled = () => new Promise<void>((resolve) => void setImmediate(resolve))

test('wakes during a run are answered by one run after it', async () => {
  const { runs, work } = heldWork()
  const runner = startRunner({ work, every: 60_000, report: () => undefined })
  runner.wake()
  runner.wake()
  runs[0]?.()
  await settled()
  expect(runs).toHaveLength(2)
  runs[1]?.()
  await settled()
  expect(runs).toHaveLength(2)
  await runner.stop()
})

test('a stop waits for the run under way, and no other follows', async () => {
  const { runs, work } = heldWork()
  const runner = startRunner({ work, every: 1, report: () => undefined })
  runner.wake()
  const stopped = runner.stop()
  runs[0]?.()
  await stopped
  runner.wake()
  expect(runs).toHaveLength(1)
})

test('a run that fails is reported, and the next comes when it is due', async () => {
  vi.useFakeTimers()
  const reported: unknown[] = []
  let runs = 0
  const work = async () => {
    runs += 1
    if (runs === 1) throw new Error('first')
    return 10
  }
  const runner = startRunner({ work, every: 1000, report: (error) => reported.push(error) })
  await vi.advanceTimersByTimeAsync(999)
  expect([runs, reported.length]).toEqual([1, 1])
  await vi.advanceTimersByTimeAsync(1)
  await vi.advanceTimersByTimeAsync(10)
  expect(runs).toBe(3)
  await runner.stop()
  vi.useRealTimers()
})
