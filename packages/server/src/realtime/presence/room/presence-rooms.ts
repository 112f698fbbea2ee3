// The rooms that channels of this process watch or are tracked in. Public and private topics of one name are two rooms.

import type { Channel } from '../../channels/channel.ts'
import type { Member } from '../members/member.ts'
import { createPresenceRoom, type PresenceRoom, type RoomDeps, type Tracked } from './presence-room.ts'

export interface PresenceRooms {
  /** The channel will watch once it has joined. Resolves when the members on other processes are known. */
  expect(channel: Channel): Promise<void>
  /** Tells a channel that was expected who is here, and every change from now on. */
  watchExpected(channel: Channel): void
  /** Shows the channel to whoever watches; from now on it watches too, as far as it may. */
  track(channel: Channel, payload: Member['payload']): Tracked
  /** What tracking would show is shown already. */
  shows(channel: Channel, payload: Member['payload']): boolean
  untrack(channel: Channel): void
  /** The policies say anew what the channel may do. */
  follow(channel: Channel): void
  leave(channel: Channel): void
}

export function createPresenceRooms(deps: RoomDeps): PresenceRooms {
  const rooms = new Map<string, PresenceRoom>()
  const find = (channel: Channel): PresenceRoom | undefined => rooms.get(nameOf(channel))
  const enter = (channel: Channel): PresenceRoom => {
    const name = nameOf(channel)
    const room = rooms.get(name) ?? createPresenceRoom(name, channel.topic, deps)
    rooms.set(name, room)
    return room
  }
  const closeEmpty = (channel: Channel, room: PresenceRoom): void => {
    if (room.isEmpty() && rooms.delete(nameOf(channel))) room.close()
  }
  const untrack = (channel: Channel): void => {
    const room = find(channel)
    if (room === undefined) return
    room.untrack(channel)
    closeEmpty(channel, room)
  }
  return {
    async expect(channel) {
      const room = enter(channel)
      room.expect(channel)
      await room.answered
    },
    watchExpected(channel) {
      const room = find(channel)
      if (room?.isExpecting(channel) === true) room.watch(channel)
    },
    track(channel, payload) {
      const room = enter(channel)
      if (channel.access.presence.read && !room.isWatchedBy(channel)) room.watch(channel)
      return room.track(channel, payload)
    },
    shows: (channel, payload) => find(channel)?.shows(channel, payload) === true,
    untrack,
    follow(channel) {
      const { read, write } = channel.access.presence
      if (!write) untrack(channel)
      const room = find(channel)
      const isWatching = room?.isWatchedBy(channel) === true
      const wants = channel.config.presence.enabled || room?.isTracked(channel) === true
      if (read && wants && !isWatching) enter(channel).watch(channel)
      if (read || room === undefined) return
      room.unwatch(channel)
      closeEmpty(channel, room)
    },
    leave(channel) {
      const room = find(channel)
      if (room === undefined) return
      room.unwatch(channel)
      room.untrack(channel)
      closeEmpty(channel, room)
    },
  }
}

function nameOf({ subtopic, config }: Channel): string {
  return `${config.isPrivate ? 'private' : 'public'}:${subtopic}`
}
