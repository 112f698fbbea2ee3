// What the process that reads the log does for the others: tells every chunk, keeps what they may ask for again, and knows
// what the slot may not confirm yet. Remembers through breaks of its own reading.

import type { ChangeChunk, Lsn } from '../../change.ts'
import { encodeChunk } from '../message/chunk-codec.ts'
import {
  encodeChunkMessage,
  encodeMessage,
  type Progress,
  type RelayMessage,
  type Term,
} from '../message/relay-message.ts'
import type { RelayTimes } from '../relay-times.ts'
import { Followers } from './followers.ts'
import { RecentChunks } from './recent-chunks.ts'

export interface LeadOptions {
  readonly times: RelayTimes
  /** Bytes that are kept for those who were away. The reading waits for followers that are behind by more than half of it. */
  readonly keep: number
  readonly tellAll: (message: Uint8Array) => void
  readonly tell: (node: string, message: Uint8Array) => void
  /** The place before which this process' own feed has handed out everything. */
  readonly position: () => Lsn
}

interface Reading {
  readonly term: Term
  /** Everything before this was told by somebody earlier. */
  readonly base: Lsn
}

export class Lead {
  readonly #options: LeadOptions
  readonly #recent: RecentChunks
  readonly #followers: Followers
  #reading: Reading | null = null
  #lastTerm: Term = 0
  /** Until where this process read the log itself, and told what it read. */
  #told: Lsn | null = null
  #room: PromiseWithResolvers<void> | null = null

  constructor(options: LeadOptions) {
    this.#options = options
    this.#recent = new RecentChunks(options.keep)
    this.#followers = new Followers(options.times)
  }

  get term(): Term | null {
    return this.#reading?.term ?? null
  }

  get followers(): number {
    return this.#followers.size
  }

  /** The slot confirms nothing that a follower has not heard. Null where nobody holds it back. */
  held(): Lsn | null {
    return this.#followers.through()
  }

  /** Everything before this has been told. */
  through(): Lsn {
    const position = this.#options.position()
    const base = this.#reading?.base ?? 0n
    return position > base ? position : base
  }

  /**
   * This process reads from now on, from `base`, in a term later than `highest`. Each of `peers` may lack something, and
   * holds back the slot until it says how far it is. So may others that are away, or that a cut connection keeps unknown:
   * what its predecessors still held back for them is held back for a while.
   */
  begin(highest: Term, base: Lsn, peers: readonly string[]): void {
    if (this.#told === null || base > this.#told) this.#recent.restart(base)
    this.#lastTerm = Math.max(this.#lastTerm, highest) + 1
    this.#reading = { term: this.#lastTerm, base }
    this.#followers.expectStrangers(base)
    for (const node of peers) this.#followers.enter(node, this.#recent.next - 1, base)
    this.announce()
  }

  /** The reading has ended, for now or for good. */
  end(): void {
    if (this.#reading === null) return
    this.#options.tellAll(encodeMessage({ kind: 'end', term: this.#reading.term }))
    this.#told = this.through()
    this.#reading = null
    this.#followers.clear()
    this.#letIn()
  }

  /** Tells a chunk. Resolves once the followers are not too far behind; null where they are not. */
  publish(chunk: ChangeChunk): Promise<void> | null {
    if (this.#reading === null) return null
    const { number, encoded } = this.#recent.add(chunk, encodeChunk(chunk))
    this.#options.tellAll(encodeChunkMessage(this.#reading.term, number, encoded))
    if (this.#hasRoom()) return null
    this.#room ??= Promise.withResolvers<void>()
    return this.#room.promise
  }

  /** Tells all that this process reads, and how far it is. */
  announce(): void {
    if (this.#reading === null) return
    const { term } = this.#reading
    this.#options.tellAll(encodeMessage({ kind: 'lead', term, next: this.#recent.next, through: this.through() }))
  }

  beat(): void {
    if (this.#reading === null) return
    this.#followers.beat(this.#recent.next - 1)
    this.announce()
    this.#letInWithRoom()
  }

  /** What a follower says. */
  take(message: RelayMessage, from: string): void {
    if (this.#reading === null) return
    if (message.kind === 'seek') return this.announce()
    if (message.kind === 'leave') this.#followers.leave(from)
    else if (!('term' in message) || message.term !== this.#reading.term) return
    else if (message.kind === 'follow') this.#welcome(from, message.progress)
    else if (message.kind === 'heard') this.#heard(from, message.number, message.through)
    else if (message.kind === 'again') this.#sendAgain(from, message.from)
    this.#letInWithRoom()
  }

  #welcome(node: string, progress: Progress | null): void {
    const number = progress === null ? this.#recent.next : this.#recent.numberAfter(progress)
    this.#admit(node, number, progress?.through ?? null)
  }

  /** `number` is the first chunk it lacks; null where that is not here any more. */
  #admit(node: string, number: number | null, through: Lsn | null): void {
    if (this.#reading === null) return
    const from = number ?? this.#recent.next
    const begins = number === null || through === null ? this.through() : through
    this.#followers.enter(node, from - 1, begins)
    const { term } = this.#reading
    const welcome = { kind: 'welcome', term, from, through: begins, hasHole: number === null } as const
    this.#options.tell(node, encodeMessage(welcome))
    this.#send(node, from)
  }

  /** One that was given up and is back holds the slot again, if what it lacks is still here. */
  #heard(node: string, number: number, through: Lsn): void {
    if (this.#followers.has(node)) this.#followers.heard(node, number, through)
    else if (number + 1 >= this.#recent.first) this.#followers.enter(node, number, through)
    else this.#admit(node, null, null)
  }

  #sendAgain(node: string, from: number): void {
    if (from >= this.#recent.first) this.#send(node, from)
    else this.#admit(node, null, null)
  }

  #send(node: string, from: number): void {
    const term = this.#reading?.term ?? 0
    for (const { number, encoded } of this.#recent.since(from))
      this.#options.tell(node, encodeChunkMessage(term, number, encoded))
  }

  #hasRoom(): boolean {
    return this.#recent.bytesSince(this.#followers.slowest() + 1) <= this.#options.keep / 2
  }

  #letInWithRoom(): void {
    if (this.#room !== null && this.#hasRoom()) this.#letIn()
  }

  #letIn(): void {
    this.#room?.resolve()
    this.#room = null
  }
}
