// Keeps catalog, configuration and door together: each is read again on its own signs of change, and requests always
// meet the last good ones.

import { type CatalogKeeper, createCatalogKeeper } from '../../catalog/catalog-keeper.ts'
import { readCatalog } from '../../catalog/read-catalog.ts'
import type { OpenDatabase } from '../../database/pipeline/open-database.ts'
import type { Database } from '../../database/statement.ts'
import type { AloneConfig } from './config/alone-config.ts'
import { type ConfigSources, type ReadConfig, readAloneConfig } from './config/read-alone-config.ts'
import { readDatabaseSettings } from './config/read-database-settings.ts'
import type { ConnectionTarget } from './connection/connection-target.ts'
import { type Channel, reconnectingChannel } from './connection/reconnecting-channel.ts'
import { isOutOfReach, isPasswordRefused, sayRefusal } from './connection/refused-by-database.ts'
import { assertSchemasExist, readServerName } from './connection/read-server.ts'
import type { Observe } from './observe/observation.ts'
import { type AloneDoor, openDoor } from './open-door.ts'

export interface KeptDoorOptions {
  readonly sources: ConfigSources
  readonly first: ReadConfig
  readonly target: ConnectionTarget
  readonly database: OpenDatabase
  /** The database as requests use it. */
  readonly observed: Database
  readonly observe: Observe
  /** There is no point in going on; says why. */
  readonly onFatal: (reason: string) => void
}

export interface KeptDoor {
  readonly catalog: CatalogKeeper
  /** The door of the last good configuration. */
  door(): AloneDoor
  config(): AloneConfig
  /** Reads file, environment and database settings again, then the catalog. */
  reloadConfig(): Promise<void>
  /** Whether the catalog is up to date as far as can be known, and the database within reach. */
  isReady(): Promise<boolean>
}

/** Starts reading and listening at once. */
export function keepDoor(options: KeptDoorOptions): KeptDoor {
  return new Keeper(options)
}

class Keeper implements KeptDoor {
  readonly catalog: CatalogKeeper
  readonly #options: KeptDoorOptions
  readonly #run: Database['run']
  readonly #channel: Channel
  #read: ReadConfig
  #door: AloneDoor
  #databaseSettings: ReadonlyMap<string, string> = new Map()
  #configIsFresh = false
  #catalogIsFresh = false

  constructor(options: KeptDoorOptions) {
    const { first, target, observe } = options
    this.#options = options
    this.#run = (transaction) => options.database.run(transaction)
    this.#read = first
    this.#channel = reconnectingChannel(target, first.config.database.channel, {
      onHeard: (channel) => void this.#tellHeard(channel),
      onLost: (channel, reason, retryIn) => this.#lost(channel, reason, retryIn),
    })
    this.catalog = createCatalogKeeper({
      read: (version) => this.#load(version),
      listen: (channel, handlers) =>
        this.#channel.listen(channel, {
          onReconnect: () => handlers.onReconnect(),
          onNotification: (payload) => this.#notified(payload, () => handlers.onNotification(payload)),
        }),
      channel: '',
      onConfigReload: () => this.#reloadConfig(),
      report: (event) => {
        if (event.kind === 'catalog-loaded') observe(event)
        if (event.kind === 'catalog-load-failed') this.#failed(event.cause, event.retryIn)
      },
      now: () => performance.now(),
    })
    this.#door = this.#open()
    this.#tellOfConfig()
  }

  door(): AloneDoor {
    return this.#door
  }

  config(): AloneConfig {
    return this.#read.config
  }

  async reloadConfig(): Promise<void> {
    await this.#reloadConfig()
    await this.catalog.reload()
  }

  async isReady(): Promise<boolean> {
    if (!this.#catalogIsFresh || !this.#channel.isHeard()) return false
    return this.config().database.channel !== null || (await this.#isReachable())
  }

  async #load(version: number): ReturnType<typeof readCatalog> {
    const { database, observe, target } = this.#options
    const server = await readServerName(this.#run, target.user)
    observe({ kind: 'database-connected', version: server, poolSize: this.config().database.poolSize })
    if (this.config().database.configures && !this.#configIsFresh) await this.#rereadConfig()
    this.#configIsFresh = false
    const { schemas, extraSearchPath } = this.config().rest
    const { hoistedSettings } = this.config().database
    const scope = { schemas, extraSearchPath, authenticatorRole: target.user, hoistedSettings }
    await assertSchemasExist(this.#run, target.user, [...schemas, ...extraSearchPath])
    const catalog = await readCatalog(this.#run, scope, version)
    database.renew()
    observe({ kind: 'connections-renewed' })
    this.#catalogIsFresh = true
    return catalog
  }

  async #isReachable(): Promise<boolean> {
    try {
      await readServerName(this.#run, this.#options.target.user)
      return true
    } catch {
      return false
    }
  }

  #failed(cause: unknown, retryIn: number): void {
    const { observe, onFatal } = this.#options
    this.#catalogIsFresh = false
    const { schemas, extraSearchPath } = this.config().rest
    const { said } = sayRefusal(cause)
    if (isPasswordRefused(cause)) return onFatal(`Failed to establish a connection. ${said}`)
    const ends = !this.config().database.recovers && isOutOfReach(cause)
    observe({ kind: 'catalog-failed', schemas, extraSearchPath, said, retryIn: ends ? null : retryIn })
    if (ends) onFatal('Automatic recovery disabled, exiting.')
  }

  #lost(channel: string, reason: string, retryIn: number): void {
    this.#options.observe({ kind: 'channel-lost', channel, reason, retryIn })
    if (!this.config().database.recovers) this.#options.onFatal('Automatic recovery disabled, exiting.')
  }

  async #tellHeard(channel: string): Promise<void> {
    const { target, observe } = this.#options
    const version = await readServerName(this.#run, target.user).catch(() => 'PostgreSQL')
    observe({ kind: 'channel-heard', channel, address: `${target.host}:${target.port}`, version })
  }

  #notified(payload: string, pass: () => void): void {
    const { observe } = this.#options
    const channel = this.config().database.channel ?? ''
    if (payload === 'reload config') observe({ kind: 'reload-notified', channel, what: 'config' })
    if (payload === '' || payload === 'reload schema') {
      observe({ kind: 'reload-notified', channel, what: 'schema cache' })
    }
    pass()
  }

  async #reloadConfig(): Promise<void> {
    await this.#rereadConfig()
    this.#configIsFresh = true
  }

  /** What is wrong is told and changes nothing; settings that cannot be asked for stay as they were. */
  async #rereadConfig(): Promise<void> {
    const { sources, observe } = this.#options
    await this.#askDatabase()
    try {
      this.#read = readAloneConfig(sources, this.#databaseSettings, this.#read)
    } catch (thrown) {
      observe({ kind: 'config-refused', reason: thrown instanceof Error ? thrown.message : String(thrown) })
      return
    }
    this.#door = this.#open()
    this.#channel.change(this.config().database.channel)
    this.#tellOfConfig()
    observe({ kind: 'config-reloaded' })
  }

  async #askDatabase(): Promise<void> {
    const { target, observe } = this.#options
    const { configures, preConfig } = this.config().database
    if (!configures) return
    try {
      this.#databaseSettings = await readDatabaseSettings(this.#run, target.user, preConfig)
    } catch (thrown) {
      observe({ kind: 'config-unread', said: sayRefusal(thrown).said })
    }
  }

  #open(): AloneDoor {
    const { observed, observe } = this.#options
    return openDoor(this.config(), { catalog: this.catalog, database: observed, observe })
  }

  #tellOfConfig(): void {
    const { observe } = this.#options
    const { roleKey } = this.config().token
    for (const sentence of this.#read.warnings) observe({ kind: 'config-warned', sentence })
    if (roleKey.deprecated) observe({ kind: 'role-key-deprecated', written: roleKey.written })
  }
}
