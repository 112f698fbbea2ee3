// A connection to a walsender: commands, and one stream that goes both ways. Knows nothing of what is streamed.

import { Socket } from 'node:net'

import { Client, type Connection, type Submittable } from 'pg'

import { type ConnectionOptions, driverConfig } from '../../../../database/pool/connection-options.ts'
import type { Sql } from '../../../../database/sql.ts'

export interface StreamHandlers {
  readonly started: () => void
  /** The bytes are the socket's: what is kept of them must be copied. What it throws ends the stream. */
  readonly frame: (bytes: Buffer) => void
}

/**
 * Postgres ends a walsender that hears nothing for so long, which frees the slot for another process. Milliseconds;
 * statuses go out three times as often.
 */
export const SENDER_TIMEOUT = 3000

/** The forms that values are printed in, whatever the database, or the role, has been set to. */
const textForms = {
  client_encoding: 'UTF8',
  datestyle: 'ISO',
  timezone: 'UTC',
  intervalstyle: 'postgres',
  extra_float_digits: '1',
  bytea_output: 'hex',
}

/** How long the peer may take to say goodbye. Milliseconds. */
const GOODBYE = 500

export class ReplicationConnection {
  readonly #client: Client
  #socket: Connection['stream'] | null = null

  private constructor(client: Client) {
    this.#client = client
    // Whoever waits for a command or for the stream's end hears of it there.
    client.on('error', () => undefined)
  }

  /** Rejects with what Postgres or the network says. */
  static async open(options: ConnectionOptions): Promise<ReplicationConnection> {
    const settings = Object.entries({ ...textForms, wal_sender_timeout: `${SENDER_TIMEOUT}` })
    const written = [options.options ?? '', ...settings.map(([name, value]) => `-c ${name}=${value}`)].join(' ')
    const config = { ...driverConfig({ ...options, options: written.trim() }), replication: 'database' }
    const client = new Client(config)
    const connection = new ReplicationConnection(client)
    await client.connect()
    return connection
  }

  async command(text: Sql): Promise<void> {
    await this.#client.query(text)
  }

  /** Settles when the stream is over: rejects with why, resolves where Postgres ended it in good order. */
  async stream(text: Sql, handlers: StreamHandlers): Promise<void> {
    const copy = new CopyBoth(text, handlers, (socket) => (this.#socket = socket))
    this.#client.query(copy)
    await copy.over
  }

  /** Of the stream, from its beginning. */
  get bytesRead(): number {
    return this.#socket instanceof Socket ? this.#socket.bytesRead : 0
  }

  write(bytes: Buffer): void {
    if (this.#socket?.writable === true) this.#socket.write(bytes)
  }

  pause(): void {
    this.#socket?.pause()
  }

  resume(): void {
    this.#socket?.resume()
  }

  /** Breaks the connection. */
  destroy(reason: Error): void {
    this.#socket?.destroy(reason)
  }

  /** Lets what was written arrive, then ends; a peer that does not answer is left. */
  async end(): Promise<void> {
    const socket = this.#socket
    if (socket === null || socket.destroyed) return await this.#client.end()
    const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
    const timer = setTimeout(() => socket.destroy(), GOODBYE)
    socket.resume()
    socket.end(TERMINATE)
    await closed
    clearTimeout(timer)
  }
}

const TERMINATE = Buffer.from([0x58, 0, 0, 0, 4])

/** START_REPLICATION as the driver runs a query: one that is answered by a stream instead of rows. */
class CopyBoth implements Submittable {
  readonly over: Promise<void>
  readonly #text: Sql
  readonly #handlers: StreamHandlers
  readonly #attach: (socket: Connection['stream']) => void
  readonly #settle: { resolve: () => void; reject: (reason: unknown) => void }
  #socket: Connection['stream'] | null = null

  constructor(text: Sql, handlers: StreamHandlers, attach: (socket: Connection['stream']) => void) {
    this.#text = text
    this.#handlers = handlers
    this.#attach = attach
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    this.over = promise
    this.#settle = { resolve, reject }
  }

  submit(connection: Connection): void {
    this.#socket = connection.stream
    this.#attach(connection.stream)
    connection.once('replicationStart', this.#handlers.started)
    connection.query(this.#text)
  }

  handleCopyData({ chunk }: { readonly chunk: Buffer }): void {
    if (this.#socket?.destroyed !== false) return
    try {
      this.#handlers.frame(chunk)
    } catch (error) {
      this.#settle.reject(error)
      this.#socket.destroy()
    }
  }

  handleError(error: Error): void {
    this.#settle.reject(error)
  }

  handleCommandComplete(): void {}

  handleReadyForQuery(): void {
    this.#settle.resolve()
  }
}
