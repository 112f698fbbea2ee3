import { expect, test } from 'vitest'

import { Rate } from './rate.ts'

function rateOf(limit: number) {
  const clock = { now: 1_800_000_000_000 }
  return { clock, rate: new Rate(limit, () => clock.now) }
}

test('a burst passes, and the average of a minute does not exceed the limit', () => {
  const { clock, rate } = rateOf(2)
  rate.add(119)
  expect(rate.isReached).toBe(false)
  clock.now += 59_000
  rate.add()
  expect([rate.isReached, rate.average]).toEqual([true, 2])
  clock.now += 1000
  expect([rate.isReached, rate.average]).toEqual([false, 1 / 60])
})

test('silence empties it, however long', () => {
  const { clock, rate } = rateOf(1)
  rate.add(1000)
  clock.now += 86_400_000
  expect(rate.average).toBe(0)
})

test('a clock that is set back loses nothing', () => {
  const { clock, rate } = rateOf(1)
  rate.add(30)
  clock.now -= 30_000
  rate.add(30)
  expect(rate.isReached).toBe(true)
})
