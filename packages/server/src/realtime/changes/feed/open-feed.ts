// The feed of changes over one durable slot: reads it while this process is the one that may, waits for its turn
// otherwise, and says how it fares. Whoever holds the slot is the one reader: Postgres gives it to one walsender at a time,
// which dies with the process or three seconds after it falls silent.

import type { ConnectionOptions } from '../../../database/pool/connection-options.ts'
import type { Database } from '../../../database/statement.ts'
import type { FeedConfig } from '../../config.ts'
import type { ChangeChunk, ChangeFeed, FeedState, Lsn } from '../change.ts'
import { RelationBook } from '../decode/transactions/relation-book.ts'
import { createUntilVisible } from '../visibility/until-visible.ts'
import { Delivery } from './stream/delivery.ts'
import type { FeedEvent, FeedFigures } from './feed-event.ts'
import { Rest } from './waiting/rest.ts'
import { type Failure, judgeFailure } from './slot/judge-failure.ts'
import { planAttempt, type StreamPlan } from './slot/plan-attempt.ts'
import { type Survey, survey } from './slot/survey.ts'
import { watchSlot } from './slot/watch-slot.ts'
import { createSlot, dropSlot } from './sql/replication-commands.ts'
import { Patience } from './stream/patience.ts'
import { ReplicationConnection } from './stream/replication-connection.ts'
import { SlotStream } from './stream/slot-stream.ts'
import { Standing } from './waiting/standing.ts'
import { feedUnavailable, WaitingRoom } from './waiting/waiting-room.ts'

export interface FeedOptions {
  /** Signs in as somebody who may replicate. */
  readonly connection: ConnectionOptions
  /** For looking at how replication stands. */
  readonly database: Pick<Database, 'run'>
  /** The role that `database` logs in as. */
  readonly role: string
  readonly config: Pick<FeedConfig, 'slot' | 'publication' | 'walKeepBytes'>
  readonly report: (event: FeedEvent) => void
}

/** The feed of this process' own; others may follow it. */
export interface OwnFeed extends ChangeFeed {
  /** Hears each new state. Returns how to stop. */
  watch(hear: (state: FeedState) => void): () => void
  /** Everything that was committed before this was handed out and heard. */
  position(): Lsn
  /** From where on the slot is read this time. */
  begun(): Lsn
  /** The slot confirms nothing from this place on, so that it comes again for others; null where nothing is held back. */
  holdBack(held: () => Lsn | null): void
  figures(): FeedFigures
}

/**
 * Starts at once where the slot exists, so that what happened meanwhile is heard; otherwise the slot is made when `live` is
 * first called.
 */
export function openFeed(options: FeedOptions): OwnFeed {
  return new SlotFeed(options)
}

/** Between two looks whether another process has made a slot. Milliseconds. */
const IDLE_REST = 30_000
/** Between two looks whether the slot has come free. */
const TURN_REST = 500
const UNAVAILABLE_REST = 60_000
/** Whoever asks again sooner gets the answer from before. */
const FRESH_ANSWER = 1000
const FIRST_REST = 100
const LAST_REST = 5000
/** A slot is made only once open transactions have ended; after so long, that is worth saying. */
const SLOW_SLOT = 2000

class SlotFeed implements OwnFeed {
  readonly #options: FeedOptions
  readonly #delivery: Delivery
  readonly #relations = new RelationBook()
  readonly #patience = new Patience()
  readonly #room = new WaitingRoom()
  readonly #rest = new Rest()
  readonly #standing: Standing
  readonly #said = new Set<FeedEvent['kind']>()
  readonly #running: Promise<void>
  #connection: ReplicationConnection | null = null
  #stream: SlotStream | null = null
  #isClosed = false
  #isWanted = false
  #hadSlot = false
  #defect: string | null = null
  #nextRest = FIRST_REST
  #liveSince = Infinity
  #walHeld = 0
  #begun: Lsn = 0n
  #held: () => Lsn | null = () => null

  constructor(options: FeedOptions) {
    this.#options = options
    this.#standing = new Standing(options.report)
    this.#delivery = new Delivery({
      onListenerFault: (error) => options.report({ kind: 'listener-failed', error }),
      untilVisible: createUntilVisible({ ...options, isOver: () => this.#isClosed }),
    })
    this.#running = this.#run()
  }

  state(): FeedState {
    return this.#standing.state
  }

  async live(): Promise<void> {
    const { state, age } = this.#standing
    if (this.#isClosed) throw feedUnavailable('The server is stopping.', null)
    if (state.kind === 'live') return
    if (state.kind === 'unavailable' && age < FRESH_ANSWER) {
      throw feedUnavailable(state.reason, state.grant)
    }
    this.#isWanted = true
    const entered = this.#room.enter()
    if (state.kind !== 'waiting') this.#rest.wake()
    await entered
  }

  listen(hear: (chunk: ChangeChunk) => Promise<void> | void): () => void {
    return this.#delivery.listen(hear)
  }

  onLoss(hear: (reason: string) => void): () => void {
    return this.#standing.onLoss(hear)
  }

  watch(hear: (state: FeedState) => void): () => void {
    return this.#standing.watch(hear)
  }

  position(): Lsn {
    return this.#delivery.confirmed
  }

  begun(): Lsn {
    return this.#begun
  }

  holdBack(held: () => Lsn | null): void {
    this.#held = held
  }

  figures(): FeedFigures {
    return { walHeld: this.#walHeld, changes: this.#delivery.changes, losses: this.#standing.losses }
  }

  async close(): Promise<void> {
    this.#isClosed = true
    this.#rest.wake()
    await (this.#stream ?? this.#connection)?.end()
    await this.#running
    this.#room.sendAway('The server is stopping.', null)
  }

  async #run(): Promise<void> {
    while (!this.#isClosed) {
      const rest = await this.#attempt()
      if (!this.#isClosed && rest > 0) await this.#rest.for(rest)
    }
  }

  /** Reads for as long as it can; returns how long to rest before the next attempt. Milliseconds. */
  async #attempt(): Promise<number> {
    try {
      const found = await this.#survey()
      const plan = planAttempt(found, {
        isWanted: this.#isWanted,
        hadSlot: this.#hadSlot,
        publication: this.#options.config.publication,
        defect: this.#defect,
      })
      if (plan.kind === 'stream') {
        this.#begun = found.slot?.confirmed ?? found.position
        await this.#read(plan)
        return this.#fail({ kind: 'passing', reason: 'Postgres has ended the stream.' })
      }
      this.#hadSlot ||= found.slot !== null
      if (plan.kind !== 'idle') return this.#fail(plan)
      this.#standing.change({ kind: 'idle' })
      return this.#room.isEmpty ? IDLE_REST : 0
    } catch (error) {
      return this.#fail(judgeFailure(error, this.#options.connection.user ?? ''))
    }
  }

  async #survey(): Promise<Survey> {
    const { database, role, config } = this.#options
    const found = await survey(database, role, config)
    this.#walHeld = found.slot?.held ?? 0
    return found
  }

  async #read(plan: StreamPlan): Promise<void> {
    const connection = await ReplicationConnection.open(this.#options.connection)
    this.#connection = connection
    try {
      if (this.#isClosed) return
      await this.#prepareSlot(plan, connection)
      await this.#streamFrom(plan, connection)
    } finally {
      this.#stream = null
      this.#connection = null
      await connection.end()
    }
  }

  async #prepareSlot({ slot, drop, create, loss }: StreamPlan, connection: ReplicationConnection): Promise<void> {
    if (drop) await connection.command(dropSlot(slot))
    if (create) {
      const slow = setTimeout(() => this.#standing.change({ kind: 'waiting', reason: SLOW_SLOT_REASON }), SLOW_SLOT)
      try {
        await connection.command(createSlot(slot))
      } finally {
        clearTimeout(slow)
      }
      this.#delivery.restart()
      this.#begun = (await this.#survey()).slot?.confirmed ?? this.#begun
      this.#options.report({ kind: 'slot-created', slot })
    }
    this.#hadSlot = true
    this.#defect = null
    if (loss !== null) this.#standing.lose(slot, loss)
  }

  async #streamFrom({ slot, publications }: StreamPlan, connection: ReplicationConnection): Promise<void> {
    const onStart = (): void => this.#goLive()
    const stream = new SlotStream({
      connection,
      relations: this.#relations,
      delivery: this.#delivery,
      slot,
      publications,
      confirmed: () => this.#confirmable(),
      patience: this.#patience,
      onStart,
    })
    this.#stream = stream
    const watch = watchSlot({
      survey: () => this.#survey(),
      confirmed: () => this.#confirmable(),
      publications,
      walKeepBytes: this.#options.config.walKeepBytes,
      report: this.#options.report,
      said: this.#said,
      beginAnew: () => void stream.end(),
    })
    const stopListening = this.#delivery.listen(({ schemaChanged }) => {
      if (schemaChanged) watch.poke()
    })
    try {
      await stream.run()
    } finally {
      stopListening()
      watch.stop()
    }
  }

  #confirmable(): Lsn {
    const { confirmed } = this.#delivery
    const held = this.#held()
    return held === null || held > confirmed ? confirmed : held
  }

  #goLive(): void {
    this.#liveSince = performance.now()
    this.#standing.change({ kind: 'live', by: 'own-slot' })
    this.#room.letIn()
  }

  /** Says why nothing is read; returns how long to rest. */
  #fail(failure: Failure): number {
    if (this.#isClosed) return 0
    switch (failure.kind) {
      case 'in-use':
        this.#standing.change({ kind: 'waiting', reason: 'Another process reads the log.' })
        return TURN_REST
      case 'unavailable':
        this.#standing.change({ kind: 'unavailable', reason: failure.reason, grant: failure.grant })
        this.#room.sendAway(failure.reason, failure.grant)
        return UNAVAILABLE_REST
      case 'defect':
        this.#defect = failure.reason
        this.#standing.change({ kind: 'waiting', reason: failure.reason })
        return FIRST_REST
      case 'passing':
        this.#standing.change({ kind: 'waiting', reason: failure.reason })
        return this.#restLonger()
    }
  }

  /** A stream that broke as soon as it began is no reason to begin more often. */
  #restLonger(): number {
    if (performance.now() - this.#liveSince > LAST_REST) this.#nextRest = FIRST_REST
    this.#liveSince = Infinity
    const rest = this.#nextRest
    this.#nextRest = Math.min(rest * 2, LAST_REST)
    return rest
  }
}

const SLOW_SLOT_REASON = 'Postgres makes a replication slot once the transactions that are open now have ended.'
