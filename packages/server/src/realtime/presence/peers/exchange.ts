// Presence across processes. Each process knows its own members best and tells the others what happens to them; whoever
// begins to care for a room, finds a process or was cut from the others asks, and so all come to know the same.

import type { Bus, BusEvent } from '../../fanout/bus.ts'
import type { Clock } from '../clock.ts'
import { openRoom, type OpenRoom, type SharedRoom } from './open-room.ts'
import { encodePeerMessage, readPeerMessage, type Ask, type PeerMessage } from './peer-message.ts'

export interface Exchange {
  /** Shares a room until it is closed, and asks the others for their members. */
  open(name: string, room: SharedRoom): OpenRoom
  close(): void
}

const EVERYBODY = 'presence'

export function createExchange(bus: Bus, clock: Clock): Exchange {
  const rooms = new Map<string, OpenRoom>()
  const speech = speechOf(bus)
  const answer = (from: string, { to, rooms: names }: Ask): void => {
    if (to !== null && to !== bus.node) return
    const without = names.filter((name) => rooms.get(name)?.announceAll() !== true)
    if (without.length > 0) speech.none(from, without)
  }
  const stops = [
    bus.subscribe(EVERYBODY, (bytes, from) => {
      const message = readPeerMessage(bytes)
      if (message?.kind === 'ask') answer(from, message)
      if (message?.kind === 'anew') for (const room of rooms.values()) room.forget(from, message.number)
    }),
    bus.subscribe(directly(bus.node), (bytes, from) => {
      const message = readPeerMessage(bytes)
      if (message?.kind !== 'none') return
      for (const name of message.rooms) rooms.get(name)?.forget(from, message.number)
    }),
    bus.watch((event) => follow(event, rooms, speech)),
  ]
  return {
    open(name, shared) {
      const ask = (node: string): void => speech.ask(node, [name])
      const room = openRoom({ bus, name, number: () => speech.number(), clock, ask }, shared)
      rooms.set(name, room)
      // Neither rejects nor throws: so the bus promises.
      void bus.settled().then(() => speech.ask(null, [name]))
      return {
        ...room,
        close() {
          rooms.delete(name)
          room.close()
        },
      }
    },
    close: () => stops.forEach((stop) => stop()),
  }
}

function follow(event: BusEvent, rooms: ReadonlyMap<string, OpenRoom>, speech: Speech): void {
  switch (event.kind) {
    case 'peer-joined':
      return speech.ask(event.node, [...rooms.keys()])
    case 'peer-left':
      for (const room of rooms.values()) room.forget(event.node)
      return
    case 'mended':
      speech.anew()
      for (const room of rooms.values()) room.announceAll()
      return speech.ask(null, [...rooms.keys()])
    case 'cut':
  }
}

/** What a process says that is not of one room's subject. */
interface Speech {
  number(): number
  ask(to: string | null, rooms: readonly string[]): void
  none(to: string, rooms: readonly string[]): void
  anew(): void
}

function speechOf(bus: Bus): Speech {
  let last = 0
  const number = (): number => ++last
  const say = (subject: string, message: PeerMessage): void => bus.publish(subject, encodePeerMessage(message))
  return {
    number,
    ask(to, rooms) {
      if (rooms.length > 0) say(EVERYBODY, { kind: 'ask', to, rooms })
    },
    none: (to, rooms) => say(directly(to), { kind: 'none', number: number(), rooms }),
    anew: () => say(EVERYBODY, { kind: 'anew', number: number() }),
  }
}

function directly(node: string): string {
  return `presence-of:${node}`
}
