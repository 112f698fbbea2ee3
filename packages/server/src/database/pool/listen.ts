// One channel of NOTIFY, on a connection of its own that comes back when it breaks.

import { Client } from 'pg'
import { identifier, sql } from '../sql.ts'
import { driverConfig } from './connection-options.ts'
import type { ConnectionOptions } from './connection-options.ts'

export interface ListenOptions extends ConnectionOptions {
  readonly channel: string
  readonly onNotification: (payload: string) => void
  /** The channel is heard again after a gap: whatever was notified meanwhile is lost. */
  readonly onReconnect: () => void
  /** The connection broke or could not be made; it is tried again after `retryIn` milliseconds. */
  readonly onLost?: (reason: string, retryIn: number) => void
}

export interface Listener {
  /** Settles once the channel is heard for the first time. */
  readonly ready: Promise<void>
  close(): Promise<void>
}

const FIRST_RETRY = 1_000
const LAST_RETRY = 32_000

/** Listens until closed. Retries after 1, 2, 4 … 32 seconds, as PostgREST's listener does. */
export function listen(options: ListenOptions): Listener {
  return new ChannelListener(options)
}

class ChannelListener implements Listener {
  readonly ready: Promise<void>
  readonly #options: ListenOptions
  readonly #announce: () => void
  #client: Client | undefined
  #retry: NodeJS.Timeout | undefined
  #retryIn = FIRST_RETRY
  #heardBefore = false
  #closed = false

  constructor(options: ListenOptions) {
    this.#options = options
    const { promise, resolve } = Promise.withResolvers<void>()
    this.ready = promise
    this.#announce = resolve
    this.#connect()
  }

  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#retry)
    await this.#client?.end()
  }

  #connect(): void {
    const client = new Client(driverConfig(this.#options))
    this.#client = client
    let lost = false
    const lose = (error?: Error): void => {
      if (lost) return
      lost = true
      this.#lose(client, error?.message ?? 'the connection ended')
    }
    client.on('error', lose)
    client.on('end', () => lose())
    client.on('notification', (message) => this.#options.onNotification(message.payload ?? ''))
    client.connect((error: Error | null | undefined) => {
      if (error) return lose(error)
      client.query(sql`listen ${identifier(this.#options.channel)}`, (refused) => {
        if (refused) lose(refused)
        else this.#heard()
      })
    })
  }

  #heard(): void {
    this.#retryIn = FIRST_RETRY
    if (this.#heardBefore) this.#options.onReconnect()
    this.#heardBefore = true
    this.#announce()
  }

  #lose(client: Client, reason: string): void {
    client.end(() => {})
    if (this.#closed) return
    const retryIn = this.#retryIn
    this.#retryIn = Math.min(retryIn * 2, LAST_RETRY)
    this.#options.onLost?.(reason, retryIn)
    this.#retry = setTimeout(() => this.#connect(), retryIn)
  }
}
