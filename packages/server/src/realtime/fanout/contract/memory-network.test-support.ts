// Several processes' buses within one test: what is published arrives in a later microtask, and a bus can be cut from
// the others and mended, or die without a word. It keeps the same contract as the driver over NATS.

import { randomUUID } from 'node:crypto'

import type { Bus, BusEvent } from '../bus.ts'

export interface MemoryNetwork {
  /** Another process. */
  open(): Bus
  /** From now on nothing reaches this process, and nothing of it the others, who see it leave. */
  cut(bus: Bus): void
  mend(bus: Bus): void
  /** As a killed process: it hears and says nothing more. */
  kill(bus: Bus): void
}

type Hear = (payload: Uint8Array, from: string) => void

interface Member {
  readonly node: string
  readonly hearers: Map<string, Set<Hear>>
  readonly watchers: Set<(event: BusEvent) => void>
  isCut: boolean
}

export function createMemoryNetwork(): MemoryNetwork {
  const members = new Map<string, Member>()
  const othersOf = (node: string): Member[] =>
    [...members.values()].filter((member) => member.node !== node && !member.isCut)
  const leave = (member: Member): void => {
    for (const other of othersOf(member.node)) tell(other, { kind: 'peer-left', node: member.node })
  }
  const join = (member: Member): void => {
    for (const other of othersOf(member.node)) {
      tell(other, { kind: 'peer-joined', node: member.node })
      tell(member, { kind: 'peer-joined', node: other.node })
    }
  }
  const remove = (node: string): void => {
    const member = members.get(node)
    if (member !== undefined && members.delete(node) && !member.isCut) leave(member)
  }
  const memberOf = (bus: Bus): Member => members.get(bus.node) ?? fail()
  return {
    open() {
      const member: Member = { node: randomUUID(), hearers: new Map(), watchers: new Set(), isCut: false }
      members.set(member.node, member)
      join(member)
      return busOf(member, { othersOf, remove, isOpen: () => members.has(member.node) })
    },
    cut(bus) {
      const member = memberOf(bus)
      leave(member)
      member.isCut = true
      tell(member, { kind: 'cut' })
      for (const other of othersOf(member.node)) tell(member, { kind: 'peer-left', node: other.node })
    },
    mend(bus) {
      const member = memberOf(bus)
      member.isCut = false
      tell(member, { kind: 'mended' })
      join(member)
    },
    kill: (bus) => remove(bus.node),
  }
}

interface Network {
  readonly othersOf: (node: string) => Member[]
  readonly remove: (node: string) => void
  readonly isOpen: () => boolean
}

function busOf(member: Member, { othersOf, remove, isOpen }: Network): Bus {
  const reachable = (): Member[] => (isOpen() && !member.isCut ? othersOf(member.node) : [])
  return {
    node: member.node,
    peers: () => reachable().map((other) => other.node),
    publish(subject, payload) {
      const bytes = Uint8Array.from(payload)
      for (const other of reachable()) queueMicrotask(() => deliver(other, subject, bytes, member.node))
    },
    subscribe(subject, hear) {
      const hearers = member.hearers.get(subject) ?? new Set()
      member.hearers.set(subject, hearers.add(hear))
      return () => void hearers.delete(hear)
    },
    settled: async () => undefined,
    watch(hear) {
      member.watchers.add(hear)
      return () => void member.watchers.delete(hear)
    },
    state: () => (member.isCut ? { kind: 'cut', reason: 'the test cut it' } : { kind: 'connected' }),
    close: async () => remove(member.node),
  }
}

function deliver(member: Member, subject: string, payload: Uint8Array, from: string): void {
  if (member.isCut) return
  for (const hear of member.hearers.get(subject) ?? []) hear(payload, from)
}

function tell(member: Member, event: BusEvent): void {
  for (const hear of member.watchers) queueMicrotask(() => hear(event))
}

function fail(): never {
  throw new Error('this bus is not of this network, or closed')
}
