// Tells a room: its members on this process, and through the bus those on the others.

import type { Channel } from '../../channels/channel.ts'
import type { Bus } from '../../fanout/bus.ts'
import { type Addressed, openEnvelope, sealEnvelope } from '../message/envelope.ts'
import { framesOf } from '../message/frames-of.ts'
import { idOf } from '../message/broadcast-message.ts'
import type { Deliver, Room, Rooms } from '../rooms.ts'

interface BroadcasterDeps {
  readonly rooms: Rooms
  readonly deliver: Deliver
  readonly bus: Pick<Bus, 'publish' | 'subscribe' | 'state'>
  /** The channel has had this message of the database when it joined. */
  readonly wasReplayed?: (channel: Channel, id: string) => boolean
}

export interface Broadcaster {
  /** Everybody in the room who may read broadcasts, but `except`. */
  tell(addressed: Addressed, except?: Channel): void
  /** As `tell`, on this process alone: the others hear of it by themselves. */
  tellHere(addressed: Addressed): void
  /** Hears the other processes no more. */
  close(): void
}

/** One subject for all topics: a room that opens hears at once, without a subscription that has to travel first. */
const SUBJECT = 'broadcast'

const never = (): boolean => false

export function createBroadcaster({ rooms, deliver, bus, wasReplayed = never }: BroadcasterDeps): Broadcaster {
  const tellRoom = ({ subtopic, isPrivate, message }: Addressed, except?: Channel): void => {
    const room = rooms.find(subtopic, isPrivate)
    if (room === undefined) return
    const id = isPrivate ? idOf(message) : null
    const readers = id === null ? readersOf(room) : filter(readersOf(room), (channel) => !wasReplayed(channel, id))
    deliver(readers, framesOf(`realtime:${subtopic}`, message), except)
  }
  const close = bus.subscribe(SUBJECT, (sealed) => {
    const addressed = openEnvelope(sealed)
    if (addressed !== null) tellRoom(addressed)
  })
  return {
    tell(addressed, except) {
      tellRoom(addressed, except)
      if (bus.state().kind !== 'alone') bus.publish(SUBJECT, sealEnvelope(addressed))
    },
    tellHere: (addressed) => tellRoom(addressed),
    close,
  }
}

/** A private channel may have been joined for its presence alone. */
function readersOf({ isPrivate, members }: Room): Iterable<Channel> {
  return isPrivate ? filter(members, ({ access }) => access.broadcast.read) : members
}

function* filter(channels: Iterable<Channel>, passes: (channel: Channel) => boolean): Iterable<Channel> {
  for (const channel of channels) if (passes(channel)) yield channel
}
