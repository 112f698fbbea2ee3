// The feed of a process among several: whoever holds the slot tells the others what it reads, so that each hears every
// change once and in order, whichever of them reads. A process that is alone has its own feed and nothing of this.

import type { Bus, BusEvent } from '../../fanout/bus.ts'
import type { ChangeChunk, ChangeFeed, FeedState, Lsn } from '../change.ts'
import { Follow } from './follow/follow.ts'
import { Hearing } from './hear/hearing.ts'
import { Lead } from './lead/lead.ts'
import type { KnownRelations } from './message/chunk-codec.ts'
import { decodeMessage, encodeMessage, type RelayMessage } from './message/relay-message.ts'
import { type Every, everyInterval, type RelayTimes, relayTimes } from './relay-times.ts'

/** The feed of a process' own slot, as far as it is relayed. */
export interface ReadingFeed extends ChangeFeed {
  /** Hears each new state. Returns how to stop. */
  watch(hear: (state: FeedState) => void): () => void
  /** Everything that was committed before this has been handed out and heard. */
  position(): Lsn
  /** From where on the slot is read this time. */
  begun(): Lsn
  /** The slot confirms nothing from this place on; null where nothing is held back. */
  holdBack(held: () => Lsn | null): void
}

export interface RelayOptions {
  readonly own: ReadingFeed
  readonly bus: Bus
  /** Bytes of changes that are kept for processes that were away. */
  readonly keep: number
  /** A listener threw, or a message makes no sense. */
  readonly onFault: (error: unknown) => void
  readonly times?: RelayTimes
  /** What makes it beat. */
  readonly every?: Every
}

/** The part a process plays now, for the log and metrics. */
export interface RelayFigures {
  readonly part: 'alone' | 'reader' | 'follower' | 'none'
  /** Who follows this reader. */
  readonly followers: number
  /** Chunks that this follower was told and its listeners have not heard yet. */
  readonly waiting: number
}

export interface RelayedFeed extends ChangeFeed {
  relay(): RelayFigures
}

/** To everybody. What is for one process alone has its name behind it. */
const SUBJECT = 'changes'

/** Relays over the bus; hands the feed on as it is where the bus says that nobody else is expected. */
export function relayFeed(options: RelayOptions): RelayedFeed {
  if (options.bus.state().kind !== 'alone') return new RelayFeed(options)
  const { own } = options
  return {
    state: () => own.state(),
    live: async () => await own.live(),
    listen: (hear) => own.listen(hear),
    onLoss: (hear) => own.onLoss(hear),
    close: async () => await own.close(),
    relay: () => ({ part: 'alone', followers: 0, waiting: 0 }),
  }
}

class RelayFeed implements RelayedFeed {
  readonly #options: RelayOptions
  readonly #hearing: Hearing
  readonly #lead: Lead
  readonly #follow: Follow
  readonly #known: KnownRelations = new Map()
  readonly #stops: (() => void)[]
  #waiters: PromiseWithResolvers<void>[] = []
  #isCandidate = false

  constructor(options: RelayOptions) {
    const { own, bus, keep, onFault, times = relayTimes, every = everyInterval } = options
    this.#options = options
    this.#hearing = new Hearing(onFault)
    const tellAll = (message: Uint8Array): void => bus.publish(SUBJECT, message)
    const tell = (node: string, message: Uint8Array): void => bus.publish(`${SUBJECT}.${node}`, message)
    const position = (): Lsn => own.position()
    this.#lead = new Lead({ times, keep, tellAll, tell, position })
    const onChange = (): void => this.#followChanged()
    this.#follow = new Follow({ times, hearing: this.#hearing, most: 2 * keep, tell, onChange })
    own.holdBack(() => this.#lead.held())
    const hear = (payload: Uint8Array, from: string): void => this.#take(payload, from)
    this.#stops = [
      own.listen((chunk) => this.#fromLog(chunk)),
      own.onLoss((reason) => this.#hearing.beginAnew(reason)),
      own.watch((state) => this.#ownChanged(state)),
      bus.subscribe(SUBJECT, hear),
      bus.subscribe(`${SUBJECT}.${bus.node}`, hear),
      bus.watch((event) => this.#busChanged(event)),
      every(times.beat, () => this.#beat()),
    ]
    this.#ownChanged(own.state())
    this.#say({ kind: 'seek' })
  }

  state(): FeedState {
    const own = this.#options.own.state()
    if (own.kind === 'live') return own
    if (this.#follow.isLive) return { kind: 'live', by: 'peer' }
    if (this.#follow.hasReader) return { kind: 'waiting', reason: 'Another process reads the log and is asked for it.' }
    const bus = this.#options.bus.state()
    if (own.kind !== 'waiting' || bus.kind !== 'cut') return own
    return { kind: 'waiting', reason: `${own.reason} The processes do not reach each other: ${bus.reason}.` }
  }

  async live(): Promise<void> {
    if (this.state().kind === 'live') return
    const waiter = Promise.withResolvers<void>()
    this.#waiters.push(waiter)
    this.#askOwn(waiter)
    await waiter.promise
  }

  listen(hear: (chunk: ChangeChunk) => Promise<void> | void): () => void {
    return this.#hearing.listen(hear)
  }

  onLoss(hear: (reason: string) => void): () => void {
    return this.#hearing.onLoss(hear)
  }

  relay(): RelayFigures {
    const part = this.#lead.term !== null ? 'reader' : this.#follow.isLive ? 'follower' : 'none'
    return { part, followers: this.#lead.followers, waiting: this.#follow.waiting }
  }

  async close(): Promise<void> {
    for (const stop of this.#stops) stop()
    this.#say({ kind: 'leave' })
    // Its last word to Postgres still holds back what followers have not heard.
    await this.#options.own.close()
    this.#lead.end()
    // Whoever waits for the reader is sent away by the own feed, which is closed.
    this.#follow.stop()
  }

  #fromLog(chunk: ChangeChunk): Promise<void> | void {
    const room = this.#lead.publish(chunk)
    const hearing = this.#hearing.hear(chunk)
    if (room !== null || hearing !== null) return Promise.all([room, hearing]).then(() => undefined)
  }

  #ownChanged(state: FeedState): void {
    if (state.kind !== 'live') {
      if (this.#lead.term !== null) this.#hearing.reach(this.#lead.through())
      return this.#lead.end()
    }
    const { own, bus } = this.#options
    this.#follow.stop()
    const base = own.begun()
    const { progress } = this.#hearing
    if (progress !== null && base > progress.through) {
      this.#hearing.lose('another process has read the log meanwhile, and this one was not told')
      this.#hearing.reach(base)
    }
    this.#lead.begin(this.#follow.highest, base, bus.peers())
    this.#letIn()
  }

  #followChanged(): void {
    if (this.#follow.isLive) this.#letIn()
    if (this.#follow.hasReader) this.#stand()
    else for (const waiter of this.#waiters) this.#askOwn(waiter)
  }

  /** Where the own feed is no way, a peer that reads may still be one. */
  #askOwn(waiter: PromiseWithResolvers<void>): void {
    this.#options.own.live().then(waiter.resolve, (error: unknown) => {
      if (this.#follow.hasReader) return
      this.#waiters = this.#waiters.filter((other) => other !== waiter)
      waiter.reject(error)
    })
  }

  /** Wants the slot as soon as it is free. */
  #stand(): void {
    if (this.#isCandidate) return
    this.#isCandidate = true
    const settled = (): void => void (this.#isCandidate = false)
    this.#options.own.live().then(settled, settled)
  }

  #busChanged({ kind }: BusEvent): void {
    if (kind === 'cut') this.#follow.interrupt()
    if (kind !== 'mended') return
    this.#say({ kind: 'seek' })
    this.#lead.announce()
  }

  #beat(): void {
    if (this.#lead.term !== null) this.#hearing.reach(this.#lead.through())
    this.#lead.beat()
    this.#follow.beat()
  }

  #take(payload: Uint8Array, from: string): void {
    let message: RelayMessage
    try {
      message = decodeMessage(payload, this.#known)
    } catch (error) {
      return this.#options.onFault(error)
    }
    if (this.#lead.term === null) return this.#follow.take(message, from, payload.length)
    this.#follow.note(message)
    this.#lead.take(message, from)
  }

  #letIn(): void {
    for (const { resolve } of this.#waiters.splice(0)) resolve()
  }

  #say(message: RelayMessage): void {
    this.#options.bus.publish(SUBJECT, encodeMessage(message))
  }
}
