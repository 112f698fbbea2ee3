// The listeners of this process and how far they have heard, whether the chunks come from its own slot or from a peer: one
// chunk after the other, each change once.

import type { ChangeChunk, Lsn } from '../../change.ts'
import type { Progress } from '../message/relay-message.ts'
import { placeAfter, unheard } from './place.ts'

type Hear = (chunk: ChangeChunk) => Promise<void> | void

export class Hearing {
  readonly #listeners = new Set<Hear>()
  readonly #lossListeners = new Set<(reason: string) => void>()
  readonly #onFault: (error: unknown) => void
  #busy: Promise<void> | null = null
  #progress: Progress | null = null

  /** `onFault` hears what a listener throws; the chunk counts as heard, since it would throw again. */
  constructor(onFault: (error: unknown) => void) {
    this.#onFault = onFault
  }

  /** Null until the first chunk, or until it was said from where on this process hears. */
  get progress(): Progress | null {
    return this.#progress
  }

  listen(hear: Hear): () => void {
    const listener: Hear = (chunk) => hear(chunk)
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  onLoss(hear: (reason: string) => void): () => void {
    this.#lossListeners.add(hear)
    return () => void this.#lossListeners.delete(hear)
  }

  /** Everything that was committed before this has been heard. */
  reach(through: Lsn): void {
    if (this.#progress === null || this.#progress.through < through) {
      this.#progress = { through, last: this.#progress?.last ?? null }
    }
  }

  /** What was told so far and what is told next are not of one log: from now on it begins anew. */
  beginAnew(reason: string): void {
    this.#progress = null
    this.lose(reason)
  }

  /** What was heard does not go on where it ended. What comes a second time is still known. */
  lose(reason: string): void {
    for (const hear of this.#lossListeners) {
      try {
        hear(reason)
      } catch (error) {
        this.#onFault(error)
      }
    }
  }

  /** Hands over what was not heard before. Null where everybody is through with it at once. Never rejects. */
  hear(chunk: ChangeChunk): Promise<void> | null {
    if (this.#busy === null) return this.#keepBusy(this.#tell(chunk))
    return this.#keepBusy(this.#busy.then(() => this.#tell(chunk) ?? undefined))
  }

  #keepBusy(work: Promise<void> | null): Promise<void> | null {
    if (work === null) return null
    const busy = work.finally(() => {
      if (this.#busy === busy) this.#busy = null
    })
    this.#busy = busy
    return busy
  }

  #tell(chunk: ChangeChunk): Promise<void> | null {
    const fresh = unheard(chunk, this.#progress)
    if (fresh === null) return null
    const last = this.#progress?.last ?? null
    const through = this.#progress?.through ?? 0n
    this.#progress = { through: through > chunk.lsn ? through : chunk.lsn, last: placeAfter(chunk, last) }
    const hearings: Promise<void>[] = []
    for (const hear of this.#listeners) {
      try {
        const hearing = hear(fresh)
        if (hearing !== undefined) hearings.push(hearing.catch(this.#onFault))
      } catch (error) {
        this.#onFault(error)
      }
    }
    return hearings.length === 0 ? null : Promise.all(hearings).then(() => undefined)
  }
}
