// One topic's presence on this process: who watches it here, who is tracked here or elsewhere, and what is told when.

import { isDeepStrictEqual } from 'node:util'

import type { Deliver } from '../../broadcast/rooms.ts'
import type { Channel } from '../../channels/channel.ts'
import type { Outgoing } from '../../sockets/connection.ts'
import type { Member } from '../members/member.ts'
import { printDiff, printState } from '../members/print-members.ts'
import { createRoster, type Roster, sizeOf } from '../members/roster.ts'
import type { Exchange } from '../peers/exchange.ts'
import type { OpenRoom } from '../peers/open-room.ts'
import type { Flushed, FlushTicks } from './flush-ticks.ts'

export interface PresenceRoom {
  /** Resolves once the other processes' members are known. Never rejects. */
  readonly answered: Promise<void>
  /** This channel will watch: the room stays. */
  expect(channel: Channel): void
  /** From now on the channel is told: who is here, then every change. */
  watch(channel: Channel): void
  unwatch(channel: Channel): void
  isExpecting(channel: Channel): boolean
  isWatchedBy(channel: Channel): boolean
  /** Shows the channel to all who watch, or shows it anew. */
  track(channel: Channel, payload: Member['payload']): Tracked
  shows(channel: Channel, payload: Member['payload']): boolean
  untrack(channel: Channel): void
  isTracked(channel: Channel): boolean
  /** Nobody is here on this process. */
  isEmpty(): boolean
  close(): void
}

/** `full`: it would be one key more than the limit. `heavy`: more bytes. */
export type Tracked = 'tracked' | 'full' | 'heavy'

export interface RoomDeps {
  readonly deliver: Deliver
  /** Makes one event for everybody in a topic. */
  readonly eventOf: (topic: string, event: string, payload: unknown) => Outgoing
  readonly exchange: Exchange
  readonly ticks: FlushTicks
  /** Names that nobody else has, on any process. */
  readonly newRef: () => string
  /** Different keys at most. */
  readonly keys: number
  /** Of all members together at most: whoever joins is sent all of them at once. */
  readonly bytes: number
}

/** `name` is the room's among all processes. */
export function createPresenceRoom(name: string, topic: string, deps: RoomDeps): PresenceRoom {
  const everybody = createRoster()
  const own = createRoster()
  const watchers = new Set<Channel>()
  const expected = new Set<Channel>()
  const tracked = new Map<Channel, Member>()
  const flushed: Flushed = { flush: () => flush({ deps, topic, everybody, watchers, shared }) }
  const shared: OpenRoom = deps.exchange.open(name, {
    own,
    join: (member) => everybody.join(member),
    leave: (ref) => everybody.leave(ref),
    heard: (when) => deps.ticks[when](flushed),
  })
  const leave = ({ ref }: Member): void => [everybody, own].forEach((roster) => roster.leave(ref))
  return {
    answered: shared.answered,
    expect: (channel) => void expected.add(channel),
    watch(channel) {
      expected.delete(channel)
      watchers.add(channel)
      channel.push('presence_state', printState(everybody.told()))
    },
    unwatch(channel) {
      expected.delete(channel)
      watchers.delete(channel)
    },
    isExpecting: (channel) => expected.has(channel),
    isWatchedBy: (channel) => watchers.has(channel),
    track(channel, payload) {
      const before = tracked.get(channel)
      const { key } = channel.config.presence
      if (before === undefined && everybody.keys >= deps.keys && !everybody.hasKey(key)) return 'full'
      const freed = before === undefined ? 0 : sizeOf(before)
      if (everybody.bytes - freed + sizeOf({ key, payload }) > deps.bytes) return 'heavy'
      const member = { key, payload, ref: deps.newRef(), previousRef: shownRef(before, everybody) }
      if (before !== undefined) leave(before)
      for (const roster of [everybody, own]) roster.join(member)
      tracked.set(channel, member)
      deps.ticks.now(flushed)
      return 'tracked'
    },
    shows: (channel, payload) => isDeepStrictEqual(tracked.get(channel)?.payload, payload),
    untrack(channel) {
      const member = tracked.get(channel)
      if (member === undefined) return
      tracked.delete(channel)
      leave(member)
      deps.ticks.now(flushed)
    },
    isTracked: (channel) => tracked.has(channel),
    isEmpty: () => watchers.size + expected.size + tracked.size === 0,
    close() {
      flushed.flush()
      deps.ticks.forget(flushed)
      shared.close()
    },
  }
}

interface Flushing {
  readonly deps: RoomDeps
  readonly topic: string
  readonly everybody: Roster
  readonly watchers: ReadonlySet<Channel>
  readonly shared: OpenRoom
}

function flush({ deps, topic, everybody, watchers, shared }: Flushing): void {
  shared.announce()
  const diff = everybody.take()
  if (diff !== null && watchers.size > 0) {
    deps.deliver(watchers, deps.eventOf(topic, 'presence_diff', printDiff(diff)))
  }
}

/** The ref that clients know the member by: a payload replaced before anybody saw it was never theirs. */
function shownRef(member: Member | undefined, roster: Roster): string | null {
  if (member === undefined) return null
  return roster.wasTold(member.ref) ? member.ref : member.previousRef
}
