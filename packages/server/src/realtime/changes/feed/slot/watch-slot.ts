// Looks, while the slot is read, at what it holds back and at whether the publications are still those that are streamed.

import type { Lsn } from '../../change.ts'
import type { FeedEvent } from '../feed-event.ts'
import { Rest } from '../waiting/rest.ts'
import type { Survey } from './survey.ts'

export interface WatchOptions {
  readonly survey: () => Promise<Survey>
  readonly confirmed: () => Lsn
  /** Those that are streamed. */
  readonly publications: readonly string[]
  /** What may be held back. Bytes. */
  readonly walKeepBytes: number
  readonly report: (event: FeedEvent) => void
  /** What was said once and is not said again; outlives the watch. */
  readonly said: Set<FeedEvent['kind']>
  /** A publication came or went: the stream must name others. */
  readonly beginAnew: () => void
}

export interface SlotWatch {
  /** Looks now: the schema has changed. */
  poke(): void
  stop(): void
}

/** Milliseconds between two looks. */
const LOOK_EVERY = 10_000
/** The same while other publications were seen and the stream is not there yet. */
const LOOK_SOON = 250

export function watchSlot(options: WatchOptions): SlotWatch {
  const watch = new Watch(options)
  void watch.run()
  return watch
}

class Watch implements SlotWatch {
  readonly #options: WatchOptions
  readonly #rest = new Rest()
  #isStopped = false
  #isPoked = false
  #isHigh = false
  /** Where the log ended when other publications were first seen. */
  #othersSince: Lsn | null = null

  constructor(options: WatchOptions) {
    this.#options = options
  }

  /** Never rejects. */
  async run(): Promise<void> {
    while (!this.#isStopped) {
      this.#isPoked = false
      await this.#look()
      if (!this.#isPoked) await this.#rest.for(this.#othersSince === null ? LOOK_EVERY : LOOK_SOON)
    }
  }

  poke(): void {
    this.#isPoked = true
    this.#rest.wake()
  }

  stop(): void {
    this.#isStopped = true
    this.poke()
  }

  /** A look that fails is one look fewer: what keeps Postgres from answering ends the stream as well. */
  async #look(): Promise<void> {
    const found = await this.#options.survey().catch(() => null)
    if (found === null || this.#isStopped) return
    this.#judgeHeld(found)
    this.#judgePublications(found)
  }

  #judgeHeld({ slot, slotName, keepLimit }: Survey): void {
    const { walKeepBytes, report, said } = this.#options
    if (keepLimit === null && !said.has('wal-unbounded')) {
      said.add('wal-unbounded')
      const megabytes = Math.ceil(walKeepBytes / 1024 ** 2)
      const remedy = `alter system set max_slot_wal_keep_size = '${megabytes}MB'; select pg_reload_conf();`
      report({ kind: 'wal-unbounded', slot: slotName, remedy })
    }
    const limit = Math.min(keepLimit ?? Infinity, walKeepBytes)
    const held = slot?.held ?? 0
    const isHigh = held > limit / 2
    if (isHigh && !this.#isHigh) report({ kind: 'wal-held', slot: slotName, held, limit })
    this.#isHigh = isHigh
  }

  /**
   * Not before the stream is past the place where the others were seen: before Postgres 18, one cannot be asked about
   * changes from before it was made.
   */
  #judgePublications({ publications, position }: Survey): void {
    if (publications.join('\0') === this.#options.publications.join('\0')) {
      this.#othersSince = null
      return
    }
    this.#othersSince ??= position
    if (this.#options.confirmed() >= this.#othersSince) this.#options.beginAnew()
  }
}
