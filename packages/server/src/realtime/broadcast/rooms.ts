// Who is where on this process: the channels that joined a topic. Public and private channels of one name are two rooms.

import type { Channel } from '../channels/channel.ts'
import type { Outgoing } from '../sockets/connection.ts'

export interface Room {
  readonly subtopic: string
  readonly isPrivate: boolean
  readonly members: ReadonlySet<Channel>
}

export interface Rooms {
  /** The channel's room; entering twice is entering once. */
  enter(channel: Channel): Room
  /** The room goes with its last member. A channel that is nowhere leaves nothing. */
  leave(channel: Channel): void
  find(subtopic: string, isPrivate: boolean): Room | undefined
}

/**
 * Writes one message to each of these channels but `except`, and counts each delivery; the same bytes for everybody who
 * speaks the same serializer. Who may read is the caller's business. While the project is beyond its message rate, those
 * who would be written to are told so and ended instead, as upstream does.
 */
export type Deliver = (members: Iterable<Channel>, message: Outgoing, except?: Channel) => void

interface OpenRoom extends Room {
  readonly members: Set<Channel>
}

export function createRooms(): Rooms {
  const publicRooms = new Map<string, OpenRoom>()
  const privateRooms = new Map<string, OpenRoom>()
  const roomsOf = (isPrivate: boolean): Map<string, OpenRoom> => (isPrivate ? privateRooms : publicRooms)
  return {
    enter(channel) {
      const { subtopic, config } = channel
      const rooms = roomsOf(config.isPrivate)
      let room = rooms.get(subtopic)
      if (room === undefined) {
        room = { subtopic, isPrivate: config.isPrivate, members: new Set() }
        rooms.set(subtopic, room)
      }
      room.members.add(channel)
      return room
    },
    leave(channel) {
      const rooms = roomsOf(channel.config.isPrivate)
      const room = rooms.get(channel.subtopic)
      if (room?.members.delete(channel) === true && room.members.size === 0) rooms.delete(channel.subtopic)
    },
    find: (subtopic, isPrivate) => roomsOf(isPrivate).get(subtopic),
  }
}
