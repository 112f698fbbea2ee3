// Broadcast as a thing that channels do: whoever may write tells the others in the room.

import type { Channel, Feature, Push, Reply } from '../channels/channel.ts'
import type { RealtimeLimits } from '../config.ts'
import { Refusal } from '../../refusal/refusal.ts'
import type { Broadcaster } from './delivery/broadcaster.ts'
import type { BroadcastMessage } from './message/broadcast-message.ts'
import { messageOf, sizeOf } from './message/read-push.ts'
import type { Rooms } from './rooms.ts'

interface BroadcastDeps {
  readonly rooms: Rooms
  readonly broadcaster: Pick<Broadcaster, 'tell'>
  readonly limits: Pick<RealtimeLimits, 'broadcastBytes'>
}

/** Answers at once. */
export interface BroadcastFeature extends Feature {
  join(channel: Channel): Readonly<Record<string, unknown>>
  receive(channel: Channel, push: Push): Reply | null
}

const OK: Reply = { status: 'ok', response: {} }

/** Keeps the rooms, too: it is the first of the features. */
export function createBroadcastFeature({ rooms, broadcaster, limits }: BroadcastDeps): BroadcastFeature {
  const refusalOf = (channel: Channel, message: BroadcastMessage): Refusal | null => {
    const { access, identity, subtopic } = channel
    if (!access.broadcast.write) {
      return new Refusal('realtime.write-unauthorized', { topic: subtopic, role: identity.role })
    }
    const limit = limits.broadcastBytes
    return sizeOf(message) > limit ? new Refusal('realtime.payload-too-large', { limit }) : null
  }
  return {
    events: ['broadcast'],
    join(channel) {
      rooms.enter(channel)
      return {}
    },
    receive(channel, push) {
      const { ack, self } = channel.config.broadcast
      const message = messageOf(push)
      const refused = refusalOf(channel, message)
      // As upstream, whoever asks for no acknowledgement hears of no refusal either.
      if (refused !== null) return ack ? refuse(refused) : null
      const { subtopic, config } = channel
      broadcaster.tell({ subtopic, isPrivate: config.isPrivate, message }, self ? undefined : channel)
      return ack ? OK : null
    },
    left: (channel) => rooms.leave(channel),
  }
}

function refuse(refusal: Refusal): never {
  throw refusal
}
