// Keeps the current catalog: reads it at the start and after every sign of change, and hands out the last good one
// meanwhile, so that no request waits for a reload or fails because of one. What a sign is: a notification on
// the channel (PostgREST's payloads), a listening connection that had to be renewed, a changed fingerprint.

import { Refusal } from '../refusal/refusal.ts'
import type { Catalog } from './catalog.ts'
import { coalesced } from './coalesced.ts'

/**
 * Subscribes to a channel and stays subscribed, however long the first connection takes; `onReconnect` tells that
 * notifications may have been missed.
 */
export type Listen = (
  channel: string,
  handlers: { onNotification(payload: string): void; onReconnect(): void },
) => { readonly ready: Promise<void>; close(): Promise<void> }

/** What the owner of the log wants to know. Milliseconds. */
export type CatalogEvent =
  | { readonly kind: 'catalog-loaded'; readonly catalog: Catalog; readonly took: number }
  | { readonly kind: 'catalog-load-failed'; readonly cause: unknown; readonly retryIn: number; readonly stale: boolean }
  | { readonly kind: 'catalog-poll-failed'; readonly cause: unknown }
  | { readonly kind: 'config-reload-failed'; readonly cause: unknown }

export interface CatalogKeeperOptions {
  /** Reads a catalog that carries this version. */
  read(version: number): Promise<Catalog>
  readonly listen: Listen
  /** `db-channel`. */
  readonly channel: string
  /** `reload config` was notified; the catalog (which holds the role settings) is read again after. */
  onConfigReload?(): Promise<void>
  report(event: CatalogEvent): void
  /** For databases that cannot notify of DDL: the fingerprint is compared every so many milliseconds. */
  readonly poll?: { readonly every: number; fingerprint(): Promise<string> }
  /** A clock in milliseconds. */
  now(): number
}

export interface CatalogKeeper {
  /** The last good catalog. Refuses `catalog.not-loaded` before the first. */
  current(): Catalog
  /** Resolves once there is a catalog. */
  loaded(): Promise<void>
  /** Reads again; resolves when a read that began after the call has ended, well or badly. */
  reload(): Promise<void>
  close(): Promise<void>
}

/** Starts listening and reading. Never rejects: what fails is reported and tried again. */
export function createCatalogKeeper(options: CatalogKeeperOptions): CatalogKeeper {
  const keeper = new Keeper(options)
  void keeper.start()
  return keeper
}

// PostgREST's delays between attempts.
const firstDelay = 1_000
const longestDelay = 32_000

class Keeper implements CatalogKeeper {
  readonly reload = coalesced(() => this.#load())
  readonly #options: CatalogKeeperOptions
  readonly #firstLoad = Promise.withResolvers<void>()
  readonly #timers = new Set<NodeJS.Timeout>()
  #catalog: Catalog | undefined
  #listener: ReturnType<Listen> | undefined
  #retry: NodeJS.Timeout | undefined
  #delay = firstDelay
  #attempts = 0
  #closed = false

  constructor(options: CatalogKeeperOptions) {
    this.#options = options
  }

  /** Listens before it reads, so that nothing changes unnoticed in between; where that takes long, reads again after. */
  async start(): Promise<void> {
    this.#listener = this.#options.listen(this.#options.channel, {
      onNotification: (payload) => void this.#heard(payload),
      onReconnect: () => void this.reload(),
    })
    const listening = this.#listener.ready.then(() => 'listening' as const)
    const first = await Promise.race([listening, this.#pause(firstDelay)])
    const fingerprint = await this.#fingerprint()
    await this.reload()
    if (first !== 'listening') void listening.then(this.reload)
    this.#poll(fingerprint)
  }

  current(): Catalog {
    if (this.#catalog !== undefined) return this.#catalog
    throw new Refusal('catalog.not-loaded', { retryAfter: Math.ceil(this.#delay / 1_000) })
  }

  loaded(): Promise<void> {
    return this.#firstLoad.promise
  }

  async close(): Promise<void> {
    this.#closed = true
    for (const timer of this.#timers) clearTimeout(timer)
    await this.#listener?.close()
  }

  async #load(): Promise<void> {
    if (this.#closed) return
    const options = this.#options
    clearTimeout(this.#retry)
    const begun = options.now()
    try {
      this.#attempts += 1
      this.#catalog = await options.read(this.#attempts)
      this.#delay = firstDelay
      this.#firstLoad.resolve()
      options.report({ kind: 'catalog-loaded', catalog: this.#catalog, took: options.now() - begun })
    } catch (cause) {
      options.report({ kind: 'catalog-load-failed', cause, retryIn: this.#delay, stale: this.#catalog !== undefined })
      this.#retry = this.#after(this.#delay, () => void this.reload())
      this.#delay = Math.min(this.#delay * 2, longestDelay)
    }
  }

  async #heard(payload: string): Promise<void> {
    if (payload === '' || payload === 'reload schema') await this.reload()
    if (payload !== 'reload config') return
    try {
      await this.#options.onConfigReload?.()
    } catch (cause) {
      this.#options.report({ kind: 'config-reload-failed', cause })
    }
    await this.reload()
  }

  #poll(known: string | undefined): void {
    const { poll } = this.#options
    if (poll === undefined) return
    this.#after(poll.every, () => void this.#compare(known))
  }

  async #compare(known: string | undefined): Promise<void> {
    const found = await this.#fingerprint()
    if (found !== undefined && found !== known) await this.reload()
    this.#poll(found ?? known)
  }

  async #fingerprint(): Promise<string | undefined> {
    try {
      return await this.#options.poll?.fingerprint()
    } catch (cause) {
      this.#options.report({ kind: 'catalog-poll-failed', cause })
      return undefined
    }
  }

  #pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      this.#after(milliseconds, resolve)
    })
  }

  #after(milliseconds: number, act: () => void): NodeJS.Timeout | undefined {
    if (this.#closed) return undefined
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      act()
    }, milliseconds)
    this.#timers.add(timer.unref())
    return timer
  }
}
