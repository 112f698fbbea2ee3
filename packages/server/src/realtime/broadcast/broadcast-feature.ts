// Broadcast as a thing that channels do: whoever may write tells the others in the room.

import type { Channel, Feature, Push, Reply } from '../channels/channel.ts'
import type { RealtimeLimits } from '../config.ts'
import type { NoteRefusal } from '../limits/refusal-log.ts'
import { Refusal } from '../../refusal/refusal.ts'
import type { Broadcaster } from './delivery/broadcaster.ts'
import { droppedFact } from './delivery/dropped-fact.ts'
import { messageOf, sizeOf } from './message/read-push.ts'
import type { Rooms } from './rooms.ts'

interface BroadcastDeps {
  readonly rooms: Rooms
  readonly broadcaster: Pick<Broadcaster, 'tell'>
  readonly limits: Pick<RealtimeLimits, 'broadcastBytes'>
  /** Hears of what clients are told nothing of. */
  readonly note: NoteRefusal
}

/** Answers at once. */
export interface BroadcastFeature extends Feature {
  join(channel: Channel): Readonly<Record<string, unknown>>
  receive(channel: Channel, push: Push): Reply | null
}

const OK: Reply = { status: 'ok', response: {} }

/** Keeps the rooms, too: it is the first of the features. */
export function createBroadcastFeature({ rooms, broadcaster, limits, note }: BroadcastDeps): BroadcastFeature {
  return {
    events: ['broadcast'],
    join(channel) {
      rooms.enter(channel)
      return {}
    },
    receive(channel, push) {
      const { access, config, subtopic } = channel
      const { ack, self } = config.broadcast
      const message = messageOf(push)
      // As upstream: what the policies do not let out is passed over without a word, even where one is asked for.
      if (!access.broadcast.write) return passOver(channel, note)
      if (sizeOf(message) > limits.broadcastBytes) return ack ? refuseSize(limits.broadcastBytes) : null
      broadcaster.tell({ subtopic, isPrivate: config.isPrivate, message }, self ? undefined : channel)
      return ack ? OK : null
    },
    left: (channel) => rooms.leave(channel),
  }
}

function passOver({ connection, topic, identity: { role } }: Channel, note: NoteRefusal): null {
  note(droppedFact({ whose: connection.id, topic, role }))
  return null
}

function refuseSize(limit: number): never {
  throw new Refusal('realtime.payload-too-large', { limit }, { fix: `A broadcast holds ${limit} bytes at most.` })
}
