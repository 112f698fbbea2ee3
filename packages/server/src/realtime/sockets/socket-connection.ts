// One WebSocket: frames out by the raw socket, messages in by the library, which also keeps the protocol's own rules
// (masks, fragments, control frames, UTF-8). Who hears the messages is told once, when the socket is open.

import { randomUUID } from 'node:crypto'
import type { Duplex } from 'node:stream'

import type { WebSocket } from 'ws'

import type { Connection, Frame, Vsn } from './connection.ts'
import type { Flush } from './outbox/flush.ts'
import { Outbox } from './outbox/outbox.ts'

/** What hears a connection. */
export interface Listener {
  hear(data: Buffer, isBinary: boolean): void
  /** The client reads too slowly, what waited for it is dropped: the last moment to say so before it is closed. */
  overwhelmed(): void
  /** It is over; called once. */
  closed(): void
}

export interface ConnectionFacts {
  readonly vsn: Vsn
  readonly headersJson: string
  /** Bytes that may wait for the client. */
  readonly waitingLimit: number
  /** Of all sockets together. */
  readonly flush: Flush
}

/** RFC 6455 §7.4: the client breaks a rule of the server. */
const POLICY = 1008

export class SocketConnection implements Connection {
  readonly #facts: ConnectionFacts
  #id: string | null = null
  readonly #webSocket: WebSocket
  readonly #outbox: Outbox
  #overwhelmed: () => void = () => undefined
  /** Unix milliseconds of the last word. */
  heardAt: number

  constructor(facts: ConnectionFacts, webSocket: WebSocket, socket: Duplex, now: number) {
    const { flush, waitingLimit: limit } = facts
    this.#facts = facts
    this.#webSocket = webSocket
    this.#outbox = new Outbox({ socket, flush, limit, overflowed: () => this.#giveUp() })
    this.heardAt = now
  }

  /** Made when it is first asked for: as V8 keeps it, a UUID takes a tenth of what an idle socket does. */
  get id(): string {
    this.#id ??= randomUUID()
    return this.#id
  }

  get vsn(): Vsn {
    return this.#facts.vsn
  }

  get headersJson(): string {
    return this.#facts.headersJson
  }

  get waiting(): number {
    return this.#outbox.waiting
  }

  send(frame: Frame): void {
    if (this.#webSocket.readyState === this.#webSocket.OPEN) this.#outbox.send(frame)
  }

  /** After what waits is written. */
  close(code: number, reason: string): void {
    this.#outbox.end(() => this.#webSocket.close(code, reason))
  }

  /** `hear` is told once the client reads too slowly, before it is closed for it. */
  onOverwhelmed(hear: () => void): void {
    this.#overwhelmed = hear
  }

  /** Breaks it off, for a client that does not answer any more. */
  terminate(): void {
    this.#webSocket.terminate()
  }

  /** Reads nothing more until `resume`. */
  pause(): void {
    this.#webSocket.pause()
  }

  resume(): void {
    this.#webSocket.resume()
  }

  #giveUp(): void {
    this.#overwhelmed()
    this.close(POLICY, 'The client reads too slowly')
  }
}
