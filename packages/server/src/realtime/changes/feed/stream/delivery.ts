// Hands chunks to the listeners, one after the other and each change once, and knows what they have heard. Outlives the
// connections that the chunks come from.

import type { ChangeChunk, Lsn } from '../../change.ts'
import type { Piece } from '../../decode/transactions/assemble-transactions.ts'
import type { UntilVisible } from '../../visibility/until-visible.ts'

type Hear = (chunk: ChangeChunk) => Promise<void> | void

export interface DeliveryOptions {
  /** A listener threw: the chunk counts as heard, since it would throw again. */
  readonly onListenerFault: (error: unknown) => void
  /** Before a change of the schema is told: listeners read it in the catalog. */
  readonly untilVisible: UntilVisible
}

/** More than this is not kept waiting for busy listeners. */
const MOST_BYTES = 1024 * 1024
const MOST_PIECES = 256

export class Delivery {
  readonly #options: DeliveryOptions
  readonly #listeners = new Set<Hear>()
  #queue: Piece[] = []
  #queuedBytes = 0
  #isBusy = false
  #hasSpace: (() => void) | null = null
  /** What was handed out last, so that what comes again after a break is known. */
  #handed: Handed = NOTHING_HANDED
  #confirmed: Lsn = 0n
  #changes = 0

  constructor(options: DeliveryOptions) {
    this.#options = options
  }

  /** Everything before this was heard by everybody. */
  get confirmed(): Lsn {
    return this.#confirmed
  }

  /** Changes handed out so far. */
  get changes(): number {
    return this.#changes
  }

  /** As much waits as may. */
  get isFull(): boolean {
    return this.#queue.length >= MOST_PIECES || this.#queuedBytes >= MOST_BYTES
  }

  listen(hear: Hear): () => void {
    // Wrapped, so that one function may listen twice.
    const listener: Hear = (chunk) => hear(chunk)
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** Takes the next piece. While `isFull`, wait for `whenSpace` before the next. */
  take(piece: Piece): void {
    this.#queue.push(piece)
    this.#queuedBytes += piece.bytes
    if (!this.#isBusy) this.#drain()
  }

  /** Calls back once, when less waits. */
  whenSpace(call: () => void): void {
    this.#hasSpace = call
  }

  /** The connection is gone: what nobody has heard comes again on the next one. */
  interrupt(): void {
    this.#queue = []
    this.#queuedBytes = 0
    this.#hasSpace = null
  }

  /** There is a new slot: positions of an old one mean nothing. */
  restart(): void {
    this.interrupt()
    this.#handed = NOTHING_HANDED
    this.#confirmed = 0n
  }

  /** Synchronous for as long as the listeners are, so that a change is with them in the turn that read it. */
  #drain(): void {
    for (let piece = this.#queue.shift(); piece !== undefined; piece = this.#queue.shift()) {
      this.#queuedBytes -= piece.bytes
      const hearing =
        piece.chunk?.schemaChanged === true ? this.#handOnceVisible(piece, piece.chunk) : this.#hand(piece)
      if (hearing !== null) return void this.#waitFor(hearing, piece)
      this.#heard(piece)
    }
  }

  async #handOnceVisible(piece: Piece, { xid }: ChangeChunk): Promise<void> {
    await this.#options.untilVisible(xid)
    await this.#hand(piece)
  }

  /** `hearing` never rejects: what listeners throw is reported. */
  async #waitFor(hearing: Promise<unknown>, piece: Piece): Promise<void> {
    this.#isBusy = true
    await hearing
    this.#isBusy = false
    this.#heard(piece)
    this.#drain()
  }

  #heard({ end }: Piece): void {
    if (end !== null && end > this.#confirmed) this.#confirmed = end
    const call = this.#hasSpace
    if (call === null || this.isFull) return
    this.#hasSpace = null
    call()
  }

  #hand({ chunk, end }: Piece): Promise<unknown> | null {
    const fresh = chunk === null ? null : unheard(chunk, this.#handed)
    if (chunk !== null) this.#handed = laterOf(this.#handed, chunk, end !== null)
    if (fresh === null) return null
    this.#changes += fresh.changes.length
    const hearings: Promise<void>[] = []
    for (const hear of this.#listeners) {
      const hearing = this.#tell(hear, fresh)
      if (hearing !== null) hearings.push(hearing)
    }
    return hearings.length === 0 ? null : Promise.all(hearings)
  }

  #tell(hear: Hear, chunk: ChangeChunk): Promise<void> | null {
    try {
      const hearing = hear(chunk)
      return hearing === undefined ? null : hearing.catch(this.#options.onListenerFault)
    } catch (error) {
      this.#options.onListenerFault(error)
      return null
    }
  }
}

interface Handed {
  readonly lsn: Lsn
  /** Of the last change; infinite once the transaction is through. */
  readonly index: number
}

const NOTHING_HANDED: Handed = { lsn: 0n, index: -1 }

function laterOf(handed: Handed, { lsn, changes }: ChangeChunk, isLast: boolean): Handed {
  if (lsn < handed.lsn) return handed
  const index = isLast ? Infinity : (changes.at(-1)?.index ?? -1)
  return lsn === handed.lsn && index <= handed.index ? handed : { lsn, index }
}

/** What of the chunk was not handed out before; null where all of it was. */
function unheard(chunk: ChangeChunk, handed: Handed): ChangeChunk | null {
  if (chunk.lsn > handed.lsn) return chunk
  if (chunk.lsn < handed.lsn || handed.index === Infinity) return null
  const changes = chunk.changes.filter(({ index }) => index > handed.index)
  if (changes.length === chunk.changes.length) return chunk
  return changes.length === 0 ? null : { ...chunk, changes }
}
