// One room as this process shares it: it tells its own members' coming and going, and hears the others'.

import type { Bus } from '../../fanout/bus.ts'
import type { Member } from '../members/member.ts'
import type { Roster } from '../members/roster.ts'
import type { Clock } from '../clock.ts'
import { createAnswers } from './answers.ts'
import { createPeerMembers, type MemberSink } from './peer-members.ts'
import { encodePeerMessage, readPeerMessage, type Tell } from './peer-message.ts'

/** What a room shows of itself, and how it hears of others' members. */
export interface SharedRoom extends MemberSink {
  /** This process's own members; what the others were not told yet is taken from here. */
  readonly own: Roster
  /** The sink heard all there is for now. `soon`: what comes next may well undo it. */
  heard(when: 'now' | 'soon'): void
}

export interface OpenRoom {
  /** Resolves once the processes known at opening have told of their members, or had time to. Never rejects. */
  readonly answered: Promise<void>
  /** Tells what happened to this process's own members since the last time. */
  announce(): void
  /** Tells that, and all of them. False where there are none. */
  announceAll(): boolean
  /** What a process told before that number holds no longer; without it, nothing of it does. */
  forget(node: string, number?: number): void
  close(): void
}

export interface Sharing {
  readonly bus: Bus
  readonly name: string
  /** The next number of this process. */
  readonly number: () => number
  /** Asks that process for all its members of this room. */
  readonly ask: (node: string) => void
  readonly clock: Clock
}

/** Milliseconds until a process that owes an answer is asked again. */
const PATIENCE = 1000

export function openRoom(sharing: Sharing, room: SharedRoom): OpenRoom {
  const { bus, name, number, clock } = sharing
  const { own } = room
  const subject = `presence:${name}`
  const answers = createAnswers(bus.peers(), clock.after)
  const peers = createPeerMembers(room)
  const askAgain = patientAsk(sharing)
  let last: number | null = null
  const tell = (after: number | null, joins: readonly Member[], leaves: readonly Member[]): void => {
    last = number()
    const refs = leaves.map(({ ref }) => ref)
    bus.publish(subject, encodePeerMessage({ kind: 'tell', number: last, after, joins, leaves: refs }))
  }
  const hear = (message: Tell, from: string): void => {
    if (message.after === null) {
      askAgain.answered(from)
      answers.heard(from)
    }
    if (peers.hear(from, message) === 'missed') askAgain.ask(from)
    room.heard('now')
  }
  const stop = bus.subscribe(subject, (bytes, from) => {
    const message = readPeerMessage(bytes)
    // Whoever is no peer yet, or no longer, is asked when it becomes one.
    if (message?.kind === 'tell' && bus.peers().includes(from)) hear(message, from)
  })
  const announce = (): void => {
    const diff = own.take()
    if (diff === null) return
    // Who has had no members is told to have these alone: that needs nothing before it.
    if (diff.joins.length === own.size) tell(null, diff.joins, [])
    else tell(last, diff.joins, diff.leaves)
  }
  return {
    answered: answers.all,
    announce,
    announceAll() {
      announce()
      if (own.size === 0) return false
      tell(null, own.told(), [])
      return true
    },
    forget(node, before) {
      answers.heard(node)
      if (peers.forget(node, before)) room.heard('soon')
    },
    close() {
      answers.give()
      stop()
    },
  }
}

interface PatientAsk {
  /** Asks once, and again only when it had time to answer. */
  ask(node: string): void
  answered(node: string): void
}

function patientAsk({ ask, clock: { now } }: Sharing): PatientAsk {
  const asked = new Map<string, number>()
  return {
    ask(node) {
      if (now() - (asked.get(node) ?? Number.NEGATIVE_INFINITY) < PATIENCE) return
      asked.set(node, now())
      ask(node)
    },
    answered: (node) => void asked.delete(node),
  }
}
