import { expect, it } from 'vitest'

import { createMessageRate } from './message-rate.ts'

function rateOf(perSecond: number) {
  const clock = { now: 5_000_000 }
  return { clock, rate: createMessageRate(perSecond, () => clock.now) }
}

it('lets a burst of a minute’s worth of messages pass', () => {
  const { rate } = rateOf(10)
  rate.count(600)
  expect(rate.exceeded()).toBe(false)
})

it('is exceeded by one message more than a minute’s worth', () => {
  const { rate } = rateOf(10)
  rate.count(600)
  rate.count(1)
  expect(rate.exceeded()).toBe(true)
})

it('forgets what is a minute old', () => {
  const { rate, clock } = rateOf(10)
  rate.count(601)
  clock.now += 59_000
  expect(rate.exceeded()).toBe(true)
  clock.now += 1000
  expect(rate.exceeded()).toBe(false)
})

it('forgets everything after an hour without a message', () => {
  const { rate, clock } = rateOf(10)
  for (let second = 0; second < 60; second++) {
    rate.count(11)
    clock.now += 1000
  }
  expect(rate.exceeded()).toBe(true)
  clock.now += 3_600_000
  expect(rate.exceeded()).toBe(false)
  rate.count(600)
  expect(rate.exceeded()).toBe(false)
})
