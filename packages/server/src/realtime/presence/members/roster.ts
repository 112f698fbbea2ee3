// Who is present in a room, and what of it has not been told yet. Changes that undo each other before anybody was told
// of them are never told.

import type { Member, MemberDiff } from './member.ts'

export interface Roster {
  join(member: Member): void
  /** A ref that is not here leaves nothing. */
  leave(ref: string): void
  /** As `take` left it: what whoever hears every diff from now on must begin with. */
  told(): readonly Member[]
  /** Members, told or not. */
  readonly size: number
  wasTold(ref: string): boolean
  hasKey(key: string): boolean
  /** Different keys, told or not. */
  readonly keys: number
  /** Of all members as JSON, told or not. */
  readonly bytes: number
  /** What changed since the last time; null for nothing. */
  take(): MemberDiff | null
}

export function createRoster(): Roster {
  const members = new Map<string, Member>()
  const joins = new Map<string, Member>()
  const leaves = new Map<string, Member>()
  const keys = new Map<string, number>()
  const sizes = new Map<string, number>()
  let bytes = 0
  const count = (key: string, by: 1 | -1): void => {
    const left = (keys.get(key) ?? 0) + by
    if (left === 0) keys.delete(key)
    else keys.set(key, left)
  }
  return {
    join(member) {
      const { ref, key } = member
      if (members.has(ref)) return
      members.set(ref, member)
      count(key, 1)
      const size = sizeOf(member)
      sizes.set(ref, size)
      bytes += size
      if (!leaves.delete(ref)) joins.set(ref, member)
    },
    leave(ref) {
      const member = members.get(ref)
      if (member === undefined) return
      members.delete(ref)
      count(member.key, -1)
      bytes -= sizes.get(ref) ?? 0
      sizes.delete(ref)
      if (!joins.delete(ref)) leaves.set(ref, member)
    },
    told: () => [...[...members.values()].filter(({ ref }) => !joins.has(ref)), ...leaves.values()],
    get size() {
      return members.size
    },
    wasTold: (ref) => leaves.has(ref) || (members.has(ref) && !joins.has(ref)),
    hasKey: (key) => keys.has(key),
    get keys() {
      return keys.size
    },
    get bytes() {
      return bytes
    },
    take() {
      if (joins.size === 0 && leaves.size === 0) return null
      const diff = { joins: [...joins.values()], leaves: [...leaves.values()] }
      joins.clear()
      leaves.clear()
      return diff
    },
  }
}

/** The refs, and what else stands around a member where it is told of. */
const AROUND = 120

/** Bytes that a member takes as JSON, about. */
export function sizeOf({ key, payload }: Pick<Member, 'key' | 'payload'>): number {
  return Buffer.byteLength(JSON.stringify([key, payload])) + AROUND
}
