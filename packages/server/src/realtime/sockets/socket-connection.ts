// One WebSocket: frames out by the raw socket, messages in by the library, which also keeps the protocol's own rules
// (masks, fragments, control frames, UTF-8). Who hears the messages is told once, when the socket is open.

import { randomUUID } from 'node:crypto'
import type { Duplex } from 'node:stream'

import type { WebSocket } from 'ws'

import type { Connection, Frame, Vsn } from './connection.ts'
import { writeFrame } from './write-frames.ts'

/** What hears a connection. */
export interface Listener {
  hear(data: Buffer, isBinary: boolean): void
  /** It is over; called once. */
  closed(): void
}

export interface ConnectionFacts {
  readonly vsn: Vsn
  readonly headersJson: string
  /** Bytes that may wait for the client. */
  readonly waitingLimit: number
}

/** RFC 6455 §7.4: the client breaks a rule of the server. */
const POLICY = 1008

export class SocketConnection implements Connection {
  readonly id = randomUUID()
  readonly #facts: ConnectionFacts
  readonly #webSocket: WebSocket
  readonly #socket: Duplex
  /** Unix milliseconds of the last word. */
  heardAt: number

  constructor(facts: ConnectionFacts, webSocket: WebSocket, socket: Duplex, now: number) {
    this.#facts = facts
    this.#webSocket = webSocket
    this.#socket = socket
    this.heardAt = now
  }

  get vsn(): Vsn {
    return this.#facts.vsn
  }

  get headersJson(): string {
    return this.#facts.headersJson
  }

  get waiting(): number {
    return this.#socket.writableLength
  }

  send(frame: Frame): void {
    if (this.#webSocket.readyState !== this.#webSocket.OPEN) return
    if (!writeFrame(this.#socket, frame, this.#facts.waitingLimit)) this.close(POLICY, 'The client reads too slowly')
  }

  close(code: number, reason: string): void {
    this.#webSocket.close(code, reason)
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
}
