// What a process does that another reads the log for: finds the reader, hears its chunks in their order, asks for those that
// it missed, and says how far it is.

import type { ChangeChunk } from '../../change.ts'
import type { Hearing } from '../hear/hearing.ts'
import { encodeMessage, type RelayMessage, type Term } from '../message/relay-message.ts'
import type { RelayTimes } from '../relay-times.ts'

export interface FollowOptions {
  readonly times: RelayTimes
  readonly hearing: Hearing
  /** Bytes that may wait for busy listeners; what is more is asked for again later. */
  readonly most: number
  readonly tell: (node: string, message: Uint8Array) => void
  /** It follows, or does not any more. */
  readonly onChange: () => void
}

interface Reader {
  readonly node: string
  readonly term: Term
}

interface Waiting {
  readonly number: number
  readonly chunk: ChangeChunk
  readonly bytes: number
}

/** Chunks after which the reader is told, in a long run of them. */
const STRETCH = 32

export class Follow {
  readonly #options: FollowOptions
  #reader: Reader | null = null
  #isWelcome = false
  /** The next chunk's number. */
  #expected = 0
  /** Of the last chunk that all listeners are through with. */
  #heard = -1
  #queue: Waiting[] = []
  #queuedBytes = 0
  #isDraining = false
  #hasAsked = false
  #silent = 0
  #highest: Term = 0

  constructor(options: FollowOptions) {
    this.#options = options
  }

  /** What is committed from now on is heard. */
  get isLive(): boolean {
    return this.#isWelcome
  }

  get hasReader(): boolean {
    return this.#reader !== null
  }

  /** The highest term that was heard of. */
  get highest(): Term {
    return this.#highest
  }

  /** Chunks that were told and not heard yet. */
  get waiting(): number {
    return this.#queue.length
  }

  take(message: RelayMessage, from: string, bytes: number): void {
    if (message.kind === 'lead') return this.#hearLead(message, from)
    if (from !== this.#reader?.node) return
    if (!('term' in message) || message.term !== this.#reader.term) return
    if (message.kind === 'end') this.stop()
    else if (message.kind === 'welcome') this.#begin(message)
    else if (message.kind === 'chunk') this.#hearChunk({ number: message.number, chunk: message.chunk, bytes })
  }

  /** Remembers which terms there have been. */
  note(message: RelayMessage): void {
    if (message.kind === 'lead') this.#highest = Math.max(this.#highest, message.term)
  }

  beat(): void {
    this.#hasAsked = false
    this.#silent += 1
    if (this.#silent > this.#options.times.silence) this.stop()
  }

  /** What this process was told, it must be told again: the connection was cut. */
  interrupt(): void {
    if (!this.#isWelcome) return
    this.#isWelcome = false
    this.#options.onChange()
  }

  /** There is no reader to follow any more. What waits is dropped: it comes again from whoever reads next. */
  stop(): void {
    if (this.#reader === null) return
    this.#reader = null
    this.#isWelcome = false
    this.#drop()
    this.#options.onChange()
  }

  #hearLead(lead: Extract<RelayMessage, { kind: 'lead' }>, from: string): void {
    this.note(lead)
    if (this.#reader === null || lead.term > this.#reader.term) this.#adopt({ node: from, term: lead.term })
    if (from !== this.#reader?.node || lead.term !== this.#reader.term) return
    this.#silent = 0
    if (!this.#isWelcome)
      return this.#say({ kind: 'follow', term: lead.term, progress: this.#options.hearing.progress })
    if (lead.next > this.#expected) this.#askAgain()
    if (this.#heard === lead.next - 1) this.#options.hearing.reach(lead.through)
    this.#sayHeard()
  }

  #adopt(reader: Reader): void {
    this.stop()
    this.#reader = reader
  }

  #say(message: RelayMessage): void {
    if (this.#reader !== null) this.#options.tell(this.#reader.node, encodeMessage(message))
  }

  #begin({ from, through, hasHole }: Extract<RelayMessage, { kind: 'welcome' }>): void {
    const { hearing } = this.#options
    // It has asked twice before the first answer came, and goes on from there.
    if (this.#isWelcome && !hasHole) return
    this.#drop()
    this.#expected = from
    this.#heard = from - 1
    if (hasHole) hearing.lose('this process was away for too long to be told what happened meanwhile')
    hearing.reach(through)
    if (this.#isWelcome) return
    this.#isWelcome = true
    this.#options.onChange()
  }

  #hearChunk(waiting: Waiting): void {
    if (!this.#isWelcome || waiting.number < this.#expected) return
    if (waiting.number > this.#expected) return this.#askAgain()
    if (this.#queuedBytes > this.#options.most) return
    this.#expected += 1
    this.#queue.push(waiting)
    this.#queuedBytes += waiting.bytes
    if (!this.#isDraining) void this.#drain()
  }

  /** Never rejects: the hearing reports what listeners throw. */
  async #drain(): Promise<void> {
    this.#isDraining = true
    for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) {
      const reader = this.#reader
      this.#queuedBytes -= next.bytes
      await this.#options.hearing.hear(next.chunk)
      if (reader !== this.#reader || !this.#isWelcome || next.number !== this.#heard + 1) continue
      this.#heard = next.number
      if (this.#queue.length === 0 || this.#heard % STRETCH === 0) this.#sayHeard()
    }
    this.#isDraining = false
  }

  #sayHeard(): void {
    const through = this.#options.hearing.progress?.through ?? 0n
    if (this.#reader !== null) this.#say({ kind: 'heard', term: this.#reader.term, number: this.#heard, through })
  }

  /** Once a beat, and not while there is no room for the answer. */
  #askAgain(): void {
    if (this.#hasAsked || this.#reader === null || this.#queuedBytes > this.#options.most) return
    this.#hasAsked = true
    this.#say({ kind: 'again', term: this.#reader.term, from: this.#expected })
  }

  #drop(): void {
    this.#queue = []
    this.#queuedBytes = 0
  }
}
