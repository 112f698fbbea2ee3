// The sockets of this process: those whom nobody has heard of for too long are closed, and all of them at the end.

import type { SocketConnection } from './socket-connection.ts'

/** RFC 6455 §7.4: the server comes back, so connect again. */
const RESTART = 1012
/** Ours (RFC 6455 §7.4.2): nothing was heard for too long. */
const IDLE = 4408

export class OpenSockets {
  readonly #sockets = new Set<SocketConnection>()
  readonly #idleTimeout: number
  #emptied: (() => void) | null = null

  /** `idleTimeout` in milliseconds. */
  constructor(idleTimeout: number) {
    this.#idleTimeout = idleTimeout
  }

  get size(): number {
    return this.#sockets.size
  }

  add(socket: SocketConnection): void {
    this.#sockets.add(socket)
  }

  remove(socket: SocketConnection): void {
    this.#sockets.delete(socket)
    if (this.#sockets.size === 0) this.#emptied?.()
  }

  /** Closes whoever was silent; called every few seconds. */
  sweep(now: number): void {
    for (const socket of this.#sockets) {
      const silent = now - socket.heardAt
      if (silent > 2 * this.#idleTimeout) socket.terminate()
      else if (silent > this.#idleTimeout) socket.close(IDLE, 'No heartbeat')
    }
  }

  /** Asks every client to come back later; those who do not answer within `patience` milliseconds are broken off. */
  async closeAll(patience: number): Promise<void> {
    if (this.#sockets.size === 0) return
    const emptied = new Promise<void>((resolve) => (this.#emptied = resolve))
    for (const socket of this.#sockets) socket.close(RESTART, 'The server restarts')
    const overdue = setTimeout(() => {
      for (const socket of this.#sockets) socket.terminate()
    }, patience)
    await emptied
    clearTimeout(overdue)
  }
}
