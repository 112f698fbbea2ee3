// The chunks that the reader told last, numbered, so that a follower that missed some may have them again. Bounded; what is
// dropped moves the floor below which nobody can be served.

import type { ChangeChunk, Lsn } from '../../change.ts'
import type { Progress } from '../message/relay-message.ts'

export interface RecentChunk {
  readonly number: number
  readonly encoded: Buffer
  readonly lsn: Lsn
  readonly firstIndex: number
  readonly lastIndex: number
  /** Bytes of all chunks before it. */
  readonly offset: number
}

export class RecentChunks {
  readonly #most: number
  #chunks: RecentChunk[] = []
  #next = 0
  /** Bytes of all chunks ever. */
  #total = 0
  /** Every transaction from here on that was told is here. */
  #floor: Lsn = 0n

  /** Keeps as many bytes at most, and one chunk at least. */
  constructor(most: number) {
    this.#most = most
  }

  /** The number of the next chunk. */
  get next(): number {
    return this.#next
  }

  /** The number of the earliest chunk that is here. */
  get first(): number {
    return this.#chunks[0]?.number ?? this.#next
  }

  /** What was told before does not go on where the next chunk begins. */
  restart(floor: Lsn): void {
    this.#chunks = []
    this.#floor = floor
  }

  add({ lsn, changes }: ChangeChunk, encoded: Buffer): RecentChunk {
    const firstIndex = changes[0]?.index ?? -1
    const lastIndex = changes.at(-1)?.index ?? -1
    const chunk = { number: this.#next, encoded, lsn, firstIndex, lastIndex, offset: this.#total }
    this.#next += 1
    this.#total += encoded.length
    this.#chunks.push(chunk)
    while (this.bytesSince(this.first) > this.#most && this.#chunks.length > 1) this.#dropFirst()
    return chunk
  }

  /** Those from this number on, as far as they are here. */
  since(number: number): readonly RecentChunk[] {
    return this.#chunks.slice(Math.max(0, number - this.first))
  }

  /** Where somebody goes on who has heard so much; null where something between is not here any more. */
  numberAfter({ through, last }: Progress): number | null {
    const isNext = ({ lsn, lastIndex }: RecentChunk): boolean =>
      last === null ? lsn >= through : lsn > last.lsn || (lsn === last.lsn && lastIndex > last.index)
    const isWithin = this.#chunks.some(({ lsn, firstIndex }) => lsn === last?.lsn && firstIndex <= last.index + 1)
    return through >= this.#floor || isWithin ? (this.#chunks.find(isNext)?.number ?? this.#next) : null
  }

  /** Bytes of the chunks from this number on, as far as they are here. */
  bytesSince(number: number): number {
    const chunk = this.#chunks[Math.max(0, number - this.first)]
    return chunk === undefined ? 0 : this.#total - chunk.offset
  }

  #dropFirst(): void {
    const dropped = this.#chunks.shift()
    if (dropped !== undefined && dropped.lsn >= this.#floor) this.#floor = dropped.lsn + 1n
  }
}
