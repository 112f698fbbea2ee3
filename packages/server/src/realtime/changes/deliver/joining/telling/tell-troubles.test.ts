import { expect, test } from 'vitest'

import { channelOf } from '../../../../broadcast/channel-of.test-support.ts'
import { Listener, type Seat } from '../../routes/listener.ts'
import type { Said } from '../say-subscribed.ts'
import { seatOf, subscriptionOf } from './seat-of.test-support.ts'
import { createTellTroubles } from './tell-troubles.ts'

function listenerOf(told: string[], refusedFor: Said | null, seats: readonly Seat[] = []): Listener {
  const channel = { ...channelOf({}), notice: (_: string, ...said: string[]) => void told.push(said.join(' ')) }
  const listener = new Listener(channel, 100)
  listener.subscriptions.push(subscriptionOf(seats, refusedFor))
  return listener
}

test('a channel is told of each reason once, and once that it is over', () => {
  const told: string[] = []
  const tell = createTellTroubles('changes', () => undefined)
  const [missing, closed] = ['There is no such table', 'It is closed'].map((hint) => ({ message: 'Unable', hint }))
  const listener = listenerOf(told, missing ?? null)
  tell(listener)
  expect(told).toEqual([])
  listener.isAnswered = true
  const [subscription] = listener.subscriptions
  if (subscription === undefined) throw new Error('there is no subscription')
  for (const refusedFor of [missing, missing, closed, null, null]) {
    subscription.refusedFor = refusedFor ?? null
    tell(listener)
  }
  expect(told).toEqual([
    'error Unable There is no such table',
    'error Unable It is closed',
    'ok Subscribed to PostgreSQL',
  ])
})

test('what lies with the table is reported once for all channels, what lies with the client is not', () => {
  const reported: string[] = []
  const tell = createTellTroubles('changes', (message) => void reported.push(message))
  const listeners = [
    listenerOf([], null, [seatOf({ isPublished: false })]),
    listenerOf([], null, [seatOf({ isPublished: false })]),
    listenerOf([], null, [seatOf({})]),
    listenerOf([], { message: 'A filter that makes no sense', hint: null }),
  ]
  for (const listener of listeners) {
    listener.isAnswered = true
    tell(listener)
  }
  expect(reported).toEqual([
    'Changes of public.notes are not published: alter publication changes add table public.notes',
  ])
})
