// Presence: who is in a topic, as its channels let themselves be tracked. The feature reads what clients ask, holds them
// to the limits and the policies, and hands the rest to the topic's room.

import { Refusal } from '../../refusal/refusal.ts'
import type { Deliver } from '../broadcast/rooms.ts'
import type { Channel, Feature, Reply } from '../channels/channel.ts'
import type { RealtimeLimits } from '../config.ts'
import type { Bus } from '../fanout/bus.ts'
import type { Outgoing } from '../sockets/connection.ts'
import type { Clock } from './clock.ts'
import { createExchange } from './peers/exchange.ts'
import { createCallsPerChannel } from './request/calls-per-channel.ts'
import { readPresencePush, type PresenceRequest } from './request/read-presence-push.ts'
import { createFlushTicks } from './room/flush-ticks.ts'
import { createPresenceRooms, type PresenceRooms } from './room/presence-rooms.ts'

export interface PresenceDeps {
  readonly bus: Bus
  readonly deliver: Deliver
  /** Makes one event for everybody in a topic. */
  readonly eventOf: (topic: string, event: string, payload: unknown) => Outgoing
  readonly limits: RealtimeLimits
  /** Counts the tracks of this process. */
  readonly rate: { add(): void; readonly isReached: boolean }
  /** Names that nobody else has, on any process. */
  readonly newRef: () => string
  readonly clock: Clock
}

/** The feature, and how to stop what it does by itself. */
export interface Presence extends Feature {
  close(): void
}

export function createPresence({ bus, deliver, eventOf, limits, rate, newRef, clock }: PresenceDeps): Presence {
  const exchange = createExchange(bus, clock)
  const ticks = createFlushTicks(clock)
  const bounds = { keys: limits.presenceKeys, bytes: bytesOf(limits) }
  const rooms = createPresenceRooms({ deliver, eventOf, exchange, ticks, newRef, ...bounds })
  const calls = createCallsPerChannel(limits.presenceCalls, limits.presenceCallsWindow, clock.now)
  return {
    events: ['presence'],
    async join(channel) {
      if (channel.config.presence.enabled && channel.access.presence.read) await rooms.expect(channel)
      return {}
    },
    joined: (channel) => rooms.watchExpected(channel),
    receive(channel, push) {
      if (!calls.admits(channel)) return end(channel, CLIENT_CALLS)
      const request = readPresencePush(push.payload)
      if (request.kind === 'track') return track(channel, request, { rooms, limits, rate })
      if (request.kind === 'untrack') rooms.untrack(channel)
      return done
    },
    renewed: (channel) => rooms.follow(channel),
    left: (channel) => rooms.leave(channel),
    close() {
      ticks.close()
      exchange.close()
    },
  }
}

/** What upstream tells a channel that called too often in its window. */
const CLIENT_CALLS = 'Client presence rate limit exceeded'

const done: Reply = { status: 'ok', response: {} }

type Track = Extract<PresenceRequest, { kind: 'track' }>
type Tracking = Pick<PresenceDeps, 'limits' | 'rate'> & { readonly rooms: PresenceRooms }

function track(channel: Channel, { payload, bytes }: Track, { rooms, limits, rate }: Tracking): Reply | null {
  if (!channel.access.presence.write) {
    const { subtopic: topic, identity } = channel
    throw new Refusal('realtime.write-unauthorized', { topic, role: identity.role })
  }
  if (rooms.shows(channel, payload)) return done
  if (bytes > limits.presenceBytes) return end(channel, 'Track message size exceeded')
  if (rate.isReached) return end(channel, 'Too many presence messages per second')
  rate.add()
  const tracked = rooms.track(channel, payload)
  if (tracked === 'tracked') return done
  if (tracked === 'heavy') throw new Refusal('realtime.too-much-presence', { limit: bytesOf(limits) })
  throw new Refusal('realtime.too-many-presence-keys', { limit: limits.presenceKeys })
}

/** Of one topic: much more could not wait for anybody's socket, and whoever joins would be sent away. */
function bytesOf({ waitingBytes }: RealtimeLimits): number {
  return Math.floor(waitingBytes * 0.75)
}

function end(channel: Channel, message: string): null {
  channel.end(message)
  return null
}
