// Who is where on this process: the channels that joined a topic. Public and private channels of one name are two rooms.

import type { Channel } from '../channels/channel.ts'
import type { Outgoing } from '../sockets/connection.ts'

export interface Room {
  readonly subtopic: string
  readonly isPrivate: boolean
  readonly members: ReadonlySet<Channel>
}

export interface Rooms {
  enter(channel: Channel): Room
  /** The room goes with its last member. */
  leave(channel: Channel): void
  find(subtopic: string, isPrivate: boolean): Room | undefined
}

/** Writes one message to each member that may read it; the same bytes for everybody who speaks the same serializer. */
export type Deliver = (members: Iterable<Channel>, message: Outgoing, except?: Channel) => void
