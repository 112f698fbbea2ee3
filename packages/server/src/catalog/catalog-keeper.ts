// Keeps the current catalog: reads it at the start and after every sign of change, and hands out the last good one
// meanwhile, so that no request waits for a reload or fails because of one. What a sign is: a notification on
// the channel (PostgREST's payloads), a listening connection that had to be renewed, a changed fingerprint. A request
// that misses something looks at the fingerprint too: its DDL may be committed and the notification still under way.

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
  | { readonly kind: 'catalog-fingerprint-failed'; readonly cause: unknown }
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
  /** A text that differs after any change of the schema. Without it a miss never reads again. */
  fingerprint?(): Promise<string>
  /** For databases that cannot notify of DDL: the fingerprint is compared every so many milliseconds. */
  readonly pollEvery?: number
  /** A clock in milliseconds. */
  now(): number
}

export interface CatalogKeeper {
  /** The last good catalog. Refuses `catalog.not-loaded` before the first. */
  current(): Catalog
  /**
   * For a request that misses something in `stale`: a catalog that knows of every change committed before the
   * call, `stale` itself where there was none. However many ask, one look is under way at a time, and looks that
   * found nothing take at most a fifth of the time. Never rejects.
   */
  afterMiss(stale: Catalog): Promise<Catalog>
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

/** A look in vain is followed by a rest of so many times its length, at most `longestRest` milliseconds. */
const restPerLook = 4
const longestRest = 1_000

class Keeper implements CatalogKeeper {
  readonly reload = coalesced(() => this.#load())
  readonly #look = coalesced(() => this.#lookForChange())
  readonly #options: CatalogKeeperOptions
  readonly #firstLoad = Promise.withResolvers<void>()
  readonly #timers = new Set<NodeJS.Timeout>()
  #catalog: Catalog | undefined
  /** Of the schema that `#catalog` was read from, or of one before it. */
  #fingerprint: string | undefined
  #underWay: Promise<void> | undefined
  #restUntil = 0
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
    await this.reload()
    if (first !== 'listening') void listening.then(this.reload)
    this.#poll()
  }

  current(): Catalog {
    if (this.#catalog !== undefined) return this.#catalog
    throw new Refusal('catalog.not-loaded', { retryAfter: Math.ceil(this.#delay / 1_000) })
  }

  async afterMiss(stale: Catalog): Promise<Catalog> {
    if (this.#options.fingerprint !== undefined && this.#catalog === stale) await this.#look()
    return this.#catalog ?? stale
  }

  loaded(): Promise<void> {
    return this.#firstLoad.promise
  }

  async close(): Promise<void> {
    this.#closed = true
    for (const timer of this.#timers) clearTimeout(timer)
    await this.#listener?.close()
  }

  #load(): Promise<void> {
    this.#underWay = this.#read().finally(() => {
      this.#underWay = undefined
    })
    return this.#underWay
  }

  async #read(): Promise<void> {
    if (this.#closed) return
    const options = this.#options
    clearTimeout(this.#retry)
    const begun = options.now()
    try {
      this.#attempts += 1
      // Before the catalog: a change in between makes the fingerprint look old, and is read once more.
      const fingerprint = await this.#findFingerprint()
      this.#catalog = await options.read(this.#attempts)
      this.#fingerprint = fingerprint ?? this.#fingerprint
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

  #poll(): void {
    const { pollEvery } = this.#options
    if (pollEvery === undefined) return
    this.#after(pollEvery, () => void this.#compare().then(() => this.#poll()))
  }

  /** Reads again where the schema has changed since; true if it has. */
  async #compare(): Promise<boolean> {
    const found = await this.#findFingerprint()
    if (found === undefined || found === this.#fingerprint) return false
    await this.reload()
    return true
  }

  /** What is being read already may hold the change, so it is waited for first. */
  async #lookForChange(): Promise<void> {
    await this.#underWay
    const rest = this.#restUntil - this.#options.now()
    if (rest > 0 && !this.#closed) await this.#pause(rest)
    const begun = this.#options.now()
    if (await this.#compare()) return
    const ended = this.#options.now()
    this.#restUntil = ended + Math.min(longestRest, restPerLook * (ended - begun))
  }

  async #findFingerprint(): Promise<string | undefined> {
    try {
      return await this.#options.fingerprint?.()
    } catch (cause) {
      this.#options.report({ kind: 'catalog-fingerprint-failed', cause })
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
