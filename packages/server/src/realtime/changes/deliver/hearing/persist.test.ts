import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { Refusal } from '../../../../refusal/refusal.ts'
import { persist } from './persist.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

const away = new Refusal('postgres.unreachable', { reason: 'refused' })

test('work that meets no Postgres is done again until it does', async () => {
  let times = 0
  const work = async (): Promise<void> => {
    times += 1
    if (times < 4) throw away
    await Promise.resolve()
  }
  const done = persist(work, () => false)
  await vi.advanceTimersByTimeAsync(10_000)
  await done
  expect(times).toBe(4)
})

test('work that breaks, or that nobody waits for any more, is not', async () => {
  await expect(
    persist(
      async () => await Promise.reject(new Error('broken')),
      () => false,
    ),
  ).rejects.toThrow('broken')
  await expect(
    persist(
      async () => await Promise.reject(away),
      () => true,
    ),
  ).rejects.toThrow('postgres.unreachable')
})
