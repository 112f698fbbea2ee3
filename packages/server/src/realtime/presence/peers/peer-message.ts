// What the presence parts of different processes say to each other, as JSON. Each message of one process has a number
// greater than those before it, so that what is older can be told from what is newer whatever way it came.

import type { Member } from '../members/member.ts'

/** Of one room, on that room's subject: members that joined and left the process that says so. */
export interface Tell {
  readonly kind: 'tell'
  readonly number: number
  /** The number of this process's last message about the room; null where `joins` are all its members there. */
  readonly after: number | null
  readonly joins: readonly Member[]
  /** Refs. */
  readonly leaves: readonly string[]
}

/** To one process, or to all: which members have you in these rooms? Answered for each with a complete `Tell`, or `None`. */
export interface Ask {
  readonly kind: 'ask'
  readonly to: string | null
  readonly rooms: readonly string[]
}

/** To whoever asked: no members in these rooms. */
export interface None {
  readonly kind: 'none'
  readonly number: number
  readonly rooms: readonly string[]
}

/** To all: what this process told before this number may not have arrived; what still holds is told again. */
export interface Anew {
  readonly kind: 'anew'
  readonly number: number
}

export type PeerMessage = Tell | Ask | None | Anew

export function encodePeerMessage(message: PeerMessage): Uint8Array {
  return Buffer.from(JSON.stringify(message))
}

/** Null for what is no such message: another version's, say. */
export function readPeerMessage(bytes: Uint8Array): PeerMessage | null {
  try {
    const message: unknown = JSON.parse(Buffer.from(bytes).toString())
    return isPeerMessage(message) ? message : null
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return null
    throw thrown
  }
}

function isPeerMessage(message: unknown): message is PeerMessage {
  const { kind, number, rooms, joins, leaves } = Object(message) as Partial<Record<string, unknown>>
  if (kind === 'ask') return Array.isArray(rooms)
  if (typeof number !== 'number') return false
  if (kind === 'tell') return Array.isArray(joins) && Array.isArray(leaves)
  return kind === 'anew' || (kind === 'none' && Array.isArray(rooms))
}
