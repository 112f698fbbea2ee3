// What Realtime refuses, for whoever reads the server's log: facts, and no more of them than somebody can read, however
// often a client repeats itself.

import type { AnyRefusal, RefusalCode } from '../../refusal/refusal.ts'

/** Where something was refused. */
export interface Occasion {
  readonly what: 'socket refused' | 'join refused' | 'channel ended' | 'message refused' | 'broadcast dropped'
  /** A connection or an address: the same fact is not repeated for it. */
  readonly whose: string
  readonly topic?: string
  readonly role?: string
  /** The address of a client that has no connection yet. */
  readonly remote?: string
}

export interface RefusedFact extends Occasion {
  readonly code: RefusalCode
  /** As the client is told, or would be. */
  readonly reason: string
  /** Of the policies on `realtime.messages`: the one that is missing. */
  readonly right?: Right
}

export type Right = 'read' | 'broadcast write' | 'presence write'

export type NoteRefusal = (fact: RefusedFact) => void

interface RefusalLogOptions {
  /** Unix milliseconds. */
  readonly now: () => number
  /** Takes a line: its fields and its words. */
  readonly write: (fields: object, words: string) => void
}

/** Milliseconds in which nothing is said twice, and not more than `MOST` things. */
const WINDOW = 60_000
const MOST = 200
/** Characters of what a client names or is told. */
const LONGEST = 200

/** Writes each fact once a minute for one connection or address, topic and code. What goes beyond all bounds is counted. */
export function createRefusalLog({ now, write }: RefusalLogOptions): NoteRefusal {
  const said = new Set<string>()
  let since = now()
  let leftOut = 0
  const turn = (): void => {
    if (now() - since < WINDOW) return
    if (leftOut > 0) write({ leftOut }, 'more was refused than the log has lines for')
    said.clear()
    since = now()
    leftOut = 0
  }
  return ({ what, whose, topic, code, reason, ...fields }) => {
    turn()
    const named = topic?.slice(0, LONGEST)
    const key = JSON.stringify([what, whose, named, code])
    if (said.has(key)) return
    if (said.size >= MOST) return void (leftOut += 1)
    said.add(key)
    const shown = named === undefined ? {} : { topic: named }
    write({ door: 'realtime', code, ...shown, ...fields, reason: reason.slice(0, LONGEST) }, what)
  }
}

/** What a refusal itself knows of the fact; `reason` is its words, to which the log adds what Postgres said. */
export function factOf(refusal: AnyRefusal, reason: string, occasion: Occasion): RefusedFact {
  const { code, detail } = refusal
  const role = 'role' in detail && typeof detail.role === 'string' ? { role: detail.role } : {}
  const right = rightOf(code)
  const told = refusal.code === 'realtime.policy-failed' ? `${refusal.detail.message}: ${reason}` : reason
  return { ...occasion, ...role, ...(right === null ? {} : { right }), code, reason: told }
}

const READ: ReadonlySet<RefusalCode> = new Set<RefusalCode>([
  'realtime.unauthorized',
  'realtime.read-lost',
  'realtime.policy-failed',
])

/** Broadcasts that may not be written are dropped: who is told that she may not write wants to be tracked. */
function rightOf(code: RefusalCode): Right | null {
  if (READ.has(code)) return 'read'
  return code === 'realtime.write-unauthorized' ? 'presence write' : null
}
