// What the other processes told of one room, and whether something of it was missed.

import type { Member } from '../members/member.ts'
import type { Tell } from './peer-message.ts'

/** Hears which members came and went. */
export interface MemberSink {
  join(member: Member): void
  leave(ref: string): void
}

export interface PeerMembers {
  /** `missed`: something that this builds upon did not arrive; ask that process for all its members. */
  hear(from: string, tell: Tell): 'heard' | 'missed'
  /** What this process told before `number` holds no longer; without it, nothing of it does. False where nothing did. */
  forget(from: string, number?: number): boolean
}

interface Told {
  number: number
  readonly refs: Set<string>
}

export function createPeerMembers(sink: MemberSink): PeerMembers {
  const peers = new Map<string, Told>()
  const replace = (from: string, { number, joins }: Tell): void => {
    const refs = new Set(joins.map(({ ref }) => ref))
    for (const ref of peers.get(from)?.refs ?? []) if (!refs.has(ref)) sink.leave(ref)
    for (const member of joins) sink.join(member)
    peers.set(from, { number, refs })
  }
  return {
    hear(from, tell) {
      if (tell.after === null) {
        replace(from, tell)
        return 'heard'
      }
      const told = peers.get(from)
      if (told?.number !== tell.after) return 'missed'
      told.number = tell.number
      for (const ref of tell.leaves) if (told.refs.delete(ref)) sink.leave(ref)
      for (const member of tell.joins) {
        told.refs.add(member.ref)
        sink.join(member)
      }
      return 'heard'
    },
    forget(from, number = Number.POSITIVE_INFINITY) {
      const told = peers.get(from)
      if (told === undefined || told.number >= number) return false
      peers.delete(from)
      for (const ref of told.refs) sink.leave(ref)
      return true
    },
  }
}
