import { expect, test } from 'vitest'

import { channelOf } from '../../../broadcast/channel-of.test-support.ts'
import { seatOf, subscriptionOf } from '../joining/telling/seat-of.test-support.ts'
import { Listener, type Subscription } from './listener.ts'

const LIMIT = 100

test('what was there before the join comes first, as far as it may be held', () => {
  const listener = new Listener(channelOf({}), LIMIT)
  listener.hold({ frameFor: () => Buffer.from('new') })
  expect(listener.holdFirst([Buffer.alloc(LIMIT, 'a')])).toBe(true)
  expect(listener.holdFirst([Buffer.alloc(LIMIT + 1, 'b')])).toBe(false)
  expect(listener.take().map((frame) => `${frame.toString('utf8', 0, 1)}${frame.length}`)).toEqual(['a100', 'n3'])
})

test('a join that takes too long for what happens meanwhile is ended', () => {
  const channel = channelOf({})
  const listener = new Listener(channel, LIMIT)
  listener.hold({ frameFor: () => Buffer.alloc(LIMIT) })
  expect(channel.ended).toEqual([])
  listener.hold({ frameFor: () => Buffer.alloc(1) })
  expect(channel.ended).toEqual(['Too many changes while joining'])
})

const unpublished = subscriptionOf([seatOf({ isPublished: false })])

test.each<[what: string, subscription: Subscription, isInOrder: boolean]>([
  ['a published table', subscriptionOf([seatOf({})]), true],
  ['a table that is not published', unpublished, false],
  ['a whole schema with such a table', { ...unpublished, request: { ...unpublished.request, table: null } }, true],
  ['a table that is not there', subscriptionOf([], { message: 'Unable', hint: null }), false],
])('a channel that listens to %s: whether it is in order', (_what, subscription, isInOrder) => {
  const listener = new Listener(channelOf({}), LIMIT)
  listener.subscriptions.push(subscription)
  expect(listener.isInOrder).toBe(isInOrder)
})
