// Frames that follow each other on the way to a socket. Sockets that are sent the same frames in the same order share
// the run, so that its bytes are put together once for all of them.

import type { Frame } from '../connection.ts'

/** The frames from the run's beginning to this one; grows by `add`, never changes. */
export interface FrameRun {
  /** Bytes. */
  readonly size: number
  /** Frames. */
  readonly count: number
  /** The run with one frame more: the same object for whoever goes on with the same frame right after another did. */
  add(frame: Frame): FrameRun
  /** All of it for one write. */
  bytes(): Buffer
}

class Run implements FrameRun {
  readonly size: number
  readonly count: number
  readonly #before: Run | null
  readonly #frame: Frame
  #next: Run | null = null
  #bytes: Buffer | null = null

  constructor(before: Run | null, frame: Frame) {
    this.#before = before
    this.#frame = frame
    this.size = (before?.size ?? 0) + frame.length
    this.count = (before?.count ?? 0) + 1
  }

  add(frame: Frame): Run {
    if (this.#next === null || this.#next.#frame !== frame) this.#next = new Run(this, frame)
    return this.#next
  }

  bytes(): Buffer {
    if (this.#before === null) return this.#frame
    if (this.#bytes === null) this.#bytes = this.#join()
    return this.#bytes
  }

  #join(): Buffer {
    const joined = Buffer.allocUnsafe(this.size)
    joined.set(this.#frame, this.size - this.#frame.length)
    for (let run = this.#before; run !== null; run = run.#before) joined.set(run.#frame, run.size - run.#frame.length)
    return joined
  }
}

/** Where runs begin; forgets what began there once `clear` is called. */
export class RunStart {
  #first: Run | null = null
  #frame: Frame | null = null

  add(frame: Frame): FrameRun {
    if (this.#first === null || this.#frame !== frame) {
      this.#first = new Run(null, frame)
      this.#frame = frame
    }
    return this.#first
  }

  clear(): void {
    this.#first = null
    this.#frame = null
  }
}
