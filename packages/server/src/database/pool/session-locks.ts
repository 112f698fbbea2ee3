// Locks that the processes of a project share: advisory locks of one session, which Postgres lets go of when that session
// ends, however its process ended. One connection holds any number of them for any time, and no other is occupied.

import { setTimeout as sleep } from 'node:timers/promises'
import { Client, type Notification } from 'pg'

import { refuseError } from '../pipeline/refuse-error.ts'
import { identifier, type Sql, sql } from '../sql.ts'
import { type ConnectionOptions, driverConfig } from './connection-options.ts'
import { refuseConnection } from './open-pool.ts'

export interface TakeOptions {
  /** Somebody else wants it, or it was lost with the connection: let go soon. May be said more than once. */
  readonly onWanted: () => void
  /** Milliseconds to wait for whoever has it. */
  readonly patience: number
  /** Ends the waiting. */
  readonly signal?: AbortSignal
}

export interface SessionLocks {
  /**
   * Resolves with how to let go of it; null where another kept it for as long as was waited. Refuses with
   * `postgres.unreachable`, `postgres.connection-lost` and `postgres.error`.
   */
  take(name: string, options: TakeOptions): Promise<(() => Promise<void>) | null>
  close(): Promise<void>
}

/** How long another process has to let go before it is asked again. */
const ASK_EVERY = 250

/** Connects with the first lock. `channel` is where the processes ask each other. */
export function openSessionLocks(options: ConnectionOptions & { readonly channel: string }): SessionLocks {
  return new AdvisoryLocks(options)
}

interface Holder {
  readonly onWanted: () => void
  readonly released: Promise<void>
  readonly announce: () => void
}

class AdvisoryLocks implements SessionLocks {
  readonly #options: ConnectionOptions & { readonly channel: string }
  readonly #holders = new Map<string, Holder>()
  #session: Promise<Client> | null = null
  #closed = false

  constructor(options: ConnectionOptions & { readonly channel: string }) {
    this.#options = options
  }

  async take(name: string, options: TakeOptions): Promise<(() => Promise<void>) | null> {
    const until = AbortSignal.timeout(options.patience)
    const waiting = options.signal === undefined ? until : AbortSignal.any([until, options.signal])
    for (;;) {
      const here = this.#holders.get(name)
      if (here === undefined) {
        const release = await this.#tryTake(name, options.onWanted)
        if (release !== null) return release
        await this.#ask(name)
        await elapsed(ASK_EVERY, waiting)
      } else {
        here.onWanted()
        await Promise.race([here.released, elapsed(options.patience, waiting)])
      }
      if (waiting.aborted) return null
    }
  }

  async close(): Promise<void> {
    this.#closed = true
    const session = await this.#session?.catch(() => null)
    await session?.end()
  }

  /** A session may take a lock of its own twice: in this process the map keeps them apart. */
  async #tryTake(name: string, onWanted: () => void): Promise<(() => Promise<void>) | null> {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#holders.set(name, { onWanted, released: promise, announce: resolve })
    const letGo = (): void => {
      this.#holders.delete(name)
      resolve()
    }
    try {
      const session = await this.#connected()
      if ((await askSession(session, takeText, [name])) === true)
        return async () => await this.#release(session, name).finally(letGo)
      letGo()
      return null
    } catch (error) {
      letGo()
      throw error
    }
  }

  /** A session that has ended has let go already. */
  async #release(session: Client, name: string): Promise<void> {
    if ((await this.#session?.catch(() => null)) === session) await session.query(releaseText, [name]).catch(() => {})
  }

  async #ask(name: string): Promise<void> {
    const session = await this.#connected()
    await askSession(session, askText, [this.#options.channel, name])
  }

  async #connected(): Promise<Client> {
    if (this.#closed) throw new Error('the locks are closed')
    this.#session ??= this.#connect().catch((error: unknown) => {
      this.#session = null
      throw error
    })
    return await this.#session
  }

  async #connect(): Promise<Client> {
    const client = new Client(driverConfig(this.#options))
    let lost = false
    const lose = (): void => {
      if (!lost) this.#lose()
      lost = true
    }
    client.on('notification', ({ payload }: Notification) => this.#holders.get(payload ?? '')?.onWanted())
    client.on('error', lose)
    client.on('end', lose)
    await client.connect().catch((error: Error) => {
      throw refuseConnection(error)
    })
    try {
      await askSession(client, sql`listen ${identifier(this.#options.channel)}`, [])
    } catch (error) {
      // A standby, for one, lets nobody listen. Nobody holds anything by this session, whose end is no loss.
      lost = true
      await client.end().catch(() => {})
      throw error
    }
    return client
  }

  #lose(): void {
    this.#session = null
    for (const { onWanted } of this.#holders.values()) onWanted()
  }
}

/** The first value of what it answers. */
async function askSession(session: Client, text: Sql, values: readonly string[]): Promise<unknown> {
  try {
    const { rows } = await session.query<unknown[]>({ text, values: [...values], rowMode: 'array' })
    return rows[0]?.[0]
  } catch (error) {
    throw error instanceof Error ? refuseError(error, 'none') : error
  }
}

async function elapsed(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal, ref: false }).catch(() => {})
}

const takeText = sql`select pg_try_advisory_lock(hashtextextended($1, 0)) as taken`
const releaseText = sql`select pg_advisory_unlock(hashtextextended($1, 0))`
const askText = sql`select pg_notify($1, $2)`
