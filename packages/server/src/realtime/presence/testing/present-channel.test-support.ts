// Channels for presence's tests: each is a client that hears what it is sent, on one process of a network.

import { publicAccess, type ChannelAccess } from '../../access/channel-access.ts'
import { anonymous } from '../../broadcast/channel-of.test-support.ts'
import { createDeliver } from '../../broadcast/delivery/deliver.ts'
import type { Channel, Reply } from '../../channels/channel.ts'
import { defaultRealtimeConfig, type RealtimeLimits } from '../../config.ts'
import type { Bus } from '../../fanout/bus.ts'
import { createLocalBus } from '../../fanout/local-bus.ts'
import { createPresence, type Presence } from '../create-presence.ts'
import { createClientView, type ClientView } from './client-view.test-support.ts'
import { createManualClock, type ManualClock } from './manual-clock.test-support.ts'

export interface PresentChannel extends Channel {
  access: ChannelAccess
  readonly heard: readonly { readonly event: string; readonly payload: unknown }[]
  readonly ended: readonly string[]
  readonly view: ClientView
  ask(payload: unknown): Promise<Reply | null>
  track(payload: unknown): Promise<Reply | null>
  untrack(): Promise<Reply | null>
  leave(): void
}

interface ChannelWishes {
  readonly key?: string
  readonly subtopic?: string
  readonly isPrivate?: boolean
  readonly enabled?: boolean
  readonly access?: ChannelAccess
}

export interface Process {
  readonly presence: Presence
  readonly clock: ManualClock
  readonly join: (wishes?: ChannelWishes) => Promise<PresentChannel>
}

interface ProcessWishes {
  readonly bus?: Bus
  readonly clock?: ManualClock
  readonly limits?: Partial<RealtimeLimits>
  readonly isRateReached?: () => boolean
}

let refs = 0

export function openProcess(wishes: ProcessWishes = {}): Process {
  const { bus = createLocalBus(), clock = createManualClock(), isRateReached = () => false } = wishes
  const presence = createPresence({
    bus,
    clock,
    deliver: createDeliver({ isReached: false, add() {} }),
    eventOf: (_topic, event, payload) => ({ frameFor: () => Buffer.from(JSON.stringify({ event, payload })) }),
    limits: { ...defaultRealtimeConfig.limits, ...wishes.limits },
    rate: {
      add() {},
      get isReached() {
        return isRateReached()
      },
    },
    newRef: () => `ref-${++refs}`,
  })
  return {
    presence,
    clock,
    async join(channelWishes = {}) {
      const channel = channelOf(presence, channelWishes)
      await presence.join(channel)
      presence.joined?.(channel)
      return channel
    },
  }
}

function channelOf(presence: Presence, wishes: ChannelWishes): PresentChannel {
  const { key = 'key', subtopic = 'room', isPrivate = false, enabled = true, access = publicAccess } = wishes
  const heard: { event: string; payload: unknown }[] = []
  const ended: string[] = []
  const view = createClientView()
  const hear = (event: string, payload: unknown): void => {
    heard.push({ event, payload })
    view.hear(event, payload)
  }
  const ask = async (payload: unknown): Promise<Reply | null> =>
    (await presence.receive?.(channel, { event: 'presence', ref: '1', payload, binary: null })) ?? null
  const channel: PresentChannel = {
    topic: `realtime:${subtopic}`,
    subtopic,
    joinRef: '1',
    connection: {
      id: 'connection',
      vsn: '2.0.0',
      headersJson: '{}',
      waiting: 0,
      send(frame) {
        const { event, payload } = JSON.parse(frame.toString()) as { event: string; payload: unknown }
        hear(event, payload)
      },
      close() {},
    },
    config: {
      isPrivate,
      broadcast: { ack: false, self: false, replay: null, replicationReady: false },
      presence: { key, enabled },
      needsPostgresChanges: false,
      postgresChanges: [],
    },
    identity: anonymous,
    access,
    heard,
    ended,
    view,
    push: (event, payload) => hear(event, JSON.parse(JSON.stringify(payload))),
    notice() {},
    end(message) {
      ended.push(message)
      presence.left(channel)
    },
    ask,
    track: async (payload) => await ask({ type: 'presence', event: 'track', payload }),
    untrack: async () => await ask({ type: 'presence', event: 'untrack' }),
    leave: () => presence.left(channel),
  }
  return channel
}
