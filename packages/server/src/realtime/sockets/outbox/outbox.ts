// What is on its way to one socket. At most one write is under way; what comes meanwhile waits here, within a limit, so
// that a reader that is slow or gone costs bounded memory and nobody else's time.

import type { Writable } from 'node:stream'

import type { Frame } from '../connection.ts'
import type { Flush } from './flush.ts'
import type { FrameRun } from './frame-run.ts'

interface OutboxOptions {
  /** Takes whole frames from here alone, but for the control frames of the WebSocket library. */
  readonly socket: Writable
  readonly flush: Flush
  /** Bytes that may wait, the bookkeeping of each frame among them. */
  readonly limit: number
  /** More than the limit would wait. What waited is dropped; now is the time to say why, and to end. Called once. */
  readonly overflowed: () => void
}

/** A write is no larger, unless one frame alone is. */
const WRITE_BYTES = 64 * 1024

/** What an object for each waiting frame costs, roughly: many small frames are not free. */
const FRAME_COST = 64

/** How long an ended socket may take to read what was written before. Milliseconds. */
const LINGER = 5000

export class Outbox {
  readonly #options: OutboxOptions
  readonly #full: FrameRun[] = []
  #run: FrameRun | null = null
  #queued = 0
  #inFlight = 0
  #noted = false
  #overflowed = false
  #ended = false
  #finish: (() => void) | null = null

  constructor(options: OutboxOptions) {
    this.#options = options
  }

  /** Bytes that the socket has not taken yet. */
  get waiting(): number {
    return this.#queued + this.#inFlight
  }

  send(frame: Frame): void {
    if (this.#ended) return
    if (this.waiting + frame.length + FRAME_COST > this.#options.limit) return this.#overflow()
    this.#append(frame)
    if (this.#noted || this.#inFlight > 0) return
    this.#noted = true
    this.#options.flush.note(this)
  }

  /** Takes no more. `finish` is called once the rest is written; a peer that does not read it is cut off after a while. */
  end(finish: () => void): void {
    if (this.#ended) return
    this.#ended = true
    const { socket } = this.#options
    const cut = setTimeout(() => socket.destroy(), LINGER).unref()
    this.#finish = () => {
      clearTimeout(cut)
      finish()
    }
    if (this.#inFlight === 0) this.flush()
  }

  /** Writes what waits; for `Flush`. */
  flush(): void {
    this.#noted = false
    if (this.#inFlight > 0) return
    const run = this.#next()
    if (run !== null) return this.#write(run)
    const finish = this.#finish
    this.#finish = null
    finish?.()
  }

  #append(frame: Frame): void {
    if (this.#run !== null && this.#run.size + frame.length > WRITE_BYTES) {
      this.#full.push(this.#run)
      this.#run = null
    }
    this.#run = (this.#run ?? this.#options.flush.start).add(frame)
    this.#queued += frame.length + FRAME_COST
  }

  #next(): FrameRun | null {
    const full = this.#full.shift()
    if (full !== undefined) return full
    const run = this.#run
    this.#run = null
    return run
  }

  #write(run: FrameRun): void {
    const { socket } = this.#options
    if (!socket.writable) return this.#stop()
    this.#queued -= run.size + run.count * FRAME_COST
    this.#inFlight = run.size
    socket.write(run.bytes(), this.#written)
  }

  readonly #written = (error?: Error | null): void => {
    this.#inFlight = 0
    if (error === undefined || error === null) this.flush()
    else this.#stop()
  }

  /** Nothing can be written any more. */
  #stop(): void {
    this.#ended = true
    this.#drop()
    this.flush()
  }

  #overflow(): void {
    if (this.#overflowed) return
    this.#overflowed = true
    this.#drop()
    this.#options.overflowed()
  }

  #drop(): void {
    this.#full.length = 0
    this.#run = null
    this.#queued = 0
  }
}
