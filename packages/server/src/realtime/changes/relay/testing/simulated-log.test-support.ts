// A log with one slot, and feeds that read it as those over Postgres do: one at a time, from where the slot was confirmed,
// each chunk once within a process. Tests say when a connection breaks and when the slot is confirmed.

import type { ChangeChunk, FeedState, Lsn, Relation } from '../../change.ts'
import type { ReadingFeed } from '../relay-feed.ts'

const RELATION: Relation = {
  oid: 1,
  schema: 'public',
  table: 'tasks',
  replicaIdentity: 'default',
  columns: [{ name: 'id', typeOid: 20, isKey: true }],
}

interface Piece {
  readonly chunk: ChangeChunk
  /** Set with the last one of its transaction. */
  readonly end: Lsn | null
}

export class SimulatedLog {
  readonly pieces: Piece[] = []
  confirmed: Lsn = 0n
  reader: SimulatedFeed | null = null
  readonly #hearing = new Set<() => void>()
  #end: Lsn = 0n

  /** Commits a transaction of so many changes, in chunks of two. */
  commit(changes: number): void {
    const lsn = this.#end + 10n
    this.#end = lsn + 5n
    for (let from = 0; from < changes; from += 2) {
      const indexes = [from, from + 1].filter((index) => index < changes)
      const made = indexes.map(
        (index) =>
          ({ kind: 'INSERT', relation: RELATION, record: [`${lsn}-${index}`], oldRecord: null, index }) as const,
      )
      const chunk: ChangeChunk = {
        kind: 'change-chunk',
        lsn,
        committedAt: 0,
        xid: 0,
        changes: made,
        schemaChanged: false,
      }
      this.pieces.push({ chunk, end: from + 2 >= changes ? this.#end : null })
    }
    for (const hear of this.#hearing) hear()
  }

  /** Something in the log that nobody is told of. */
  advance(): void {
    this.#end += 100n
  }

  get end(): Lsn {
    return this.#end
  }

  onCommit(hear: () => void): void {
    this.#hearing.add(hear)
  }
}

export class SimulatedFeed implements ReadingFeed {
  readonly #log: SimulatedLog
  readonly #listeners = new Set<(chunk: ChangeChunk) => Promise<void> | void>()
  readonly #watchers = new Set<(state: FeedState) => void>()
  #state: FeedState = { kind: 'waiting', reason: 'Another process reads the log.' }
  #position: Lsn = 0n
  #begun: Lsn = 0n
  #next = 0
  #handed = -1
  #isReading = false
  #held: () => Lsn | null = () => null

  constructor(log: SimulatedLog) {
    this.#log = log
    log.onCommit(() => void this.#read())
  }

  /** Takes the slot where it is free. */
  attempt(): void {
    if (this.#log.reader !== null) return
    this.#log.reader = this
    this.#begun = this.#log.confirmed
    this.#next = this.#log.pieces.findIndex(({ chunk }) => chunk.lsn >= this.#begun)
    if (this.#next === -1) this.#next = this.#log.pieces.length
    this.#change({ kind: 'live', by: 'own-slot' })
    void this.#read()
  }

  /** Its connection is lost; the slot is free. */
  breakOff(): void {
    if (this.#log.reader !== this) return
    this.#log.reader = null
    this.#change({ kind: 'waiting', reason: 'The connection was lost.' })
  }

  /** What was heard is reported to the slot, and that there is nothing else up to the log's end. */
  report(): void {
    if (this.#log.reader !== this) return
    if (!this.#isReading && this.#next === this.#log.pieces.length) this.#position = this.#log.end
    const held = this.#held()
    const confirmed = held === null || held > this.#position ? this.#position : held
    if (confirmed > this.#log.confirmed) this.#log.confirmed = confirmed
  }

  state(): FeedState {
    return this.#state
  }

  async live(): Promise<void> {
    await new Promise<void>(() => undefined)
  }

  listen(hear: (chunk: ChangeChunk) => Promise<void> | void): () => void {
    this.#listeners.add(hear)
    return () => void this.#listeners.delete(hear)
  }

  watch(hear: (state: FeedState) => void): () => void {
    this.#watchers.add(hear)
    return () => void this.#watchers.delete(hear)
  }

  onLoss(): () => void {
    return () => undefined
  }

  position(): Lsn {
    return this.#position
  }

  begun(): Lsn {
    return this.#begun
  }

  holdBack(held: () => Lsn | null): void {
    this.#held = held
  }

  /** Its last word is a report. */
  async close(): Promise<void> {
    this.report()
    this.breakOff()
  }

  async #read(): Promise<void> {
    if (this.#isReading) return
    this.#isReading = true
    while (this.#log.reader === this) {
      const place = this.#next
      const piece = this.#log.pieces[place]
      if (piece === undefined) break
      this.#next += 1
      if (place > this.#handed) {
        this.#handed = place
        for (const hear of this.#listeners) await hear(piece.chunk)
      }
      if (piece.end !== null && piece.end > this.#position) this.#position = piece.end
    }
    this.#isReading = false
  }

  #change(state: FeedState): void {
    this.#state = state
    for (const hear of this.#watchers) hear(state)
  }
}
