// The REST door alone, as PostgREST runs: one database, PostgREST's parameters, an admin server.

import type { Catalog } from '../../catalog/catalog.ts'
import type { CatalogKeeper } from '../../catalog/catalog-keeper.ts'
import { type DatabaseOptions, type OpenDatabase, openDatabase } from '../../database/pipeline/open-database.ts'
import { createClosers } from '../closers.ts'
import { type AloneConfig, FOLLOWS } from './config/alone-config.ts'
import { type ConfigSources, type ReadConfig, readAloneConfig } from './config/read-alone-config.ts'
import { type ConnectionTarget, connectionTarget } from './connection/connection-target.ts'
import { observedDatabase } from './connection/observed-database.ts'
import { withPreferredTls } from './connection/prefer-tls.ts'
import { keepDoor, type KeptDoor } from './kept-door.ts'
import { createMetrics } from './observe/metrics.ts'
import type { Observe } from './observe/observation.ts'
import { createObserver, type Observer, type Output } from './observe/observer.ts'
import { answerAdmin } from './serve/answer-admin.ts'
import { serve, type Served } from './serve/serve.ts'

export interface RestAlone {
  /** Null on a Unix socket. */
  readonly port: number | null
  /** Null on a Unix socket, or without an admin server. */
  readonly adminPort: number | null
  readonly observe: Observe
  /** Resolves once the schema has been read; until then every request is answered 503. */
  ready(): Promise<void>
  reloadSchema(): Promise<void>
  reloadConfig(): Promise<void>
  /** Finishes what is under way, then stops. */
  stop(): Promise<void>
}

export interface StartOptions {
  readonly sources: ConfigSources
  readonly output: Output
  /** The door cannot go on, and said why: the process is to end with a failure. */
  readonly onFatal: () => void
}

/**
 * Starts the door. Rejects for a configuration that is wrong or an address that is taken; a database that is away is
 * waited for, and every request refused with 503 meanwhile.
 */
export async function startRestAlone({ sources, output, onFatal }: StartOptions): Promise<RestAlone> {
  const first = readAloneConfig(sources)
  const named = connectionTarget(first.config.database.uri, sources.environment, `PostgREST ${FOLLOWS}`)
  const target = await withPreferredTls(named)
  const database = openDatabase(databaseOptions(first.config, target))
  const metrics = createMetrics(() => database.gauge())
  let level = (): AloneConfig['log']['level'] => first.config.log.level
  const observer = createObserver(output, () => level(), metrics)
  const { observe } = observer
  const closers = createClosers()
  const stop = (): Promise<void> => closers.closeAll((part, cause) => observe({ kind: 'not-closed', part, cause }))
  observe({ kind: 'starting', version: FOLLOWS })
  try {
    closers.add('database', () => database.close())
    const kept = openKept({ sources, first, target, database, observe, onFatal })
    level = () => kept.config().log.level
    closers.add('catalog', () => kept.catalog.close())
    let main: Served | null = null
    const admin = await serveAdmin(first.config, kept, metrics, () => main?.isLive() ?? false)
    if (admin !== null) {
      closers.add('admin server', () => admin.close())
      observe({ kind: 'listening', server: 'Admin', address: admin.address })
    }
    // Who shares a port takes requests away from a door that can answer them, so it must be able to.
    if (first.config.server.reusePort) await kept.catalog.loaded()
    const api = await serveApi(first.config, kept, observer)
    main = api
    closers.add('server', () => api.close())
    observe({ kind: 'listening', server: 'API', address: api.address })
    return {
      port: api.port,
      adminPort: admin?.port ?? null,
      observe,
      ready: () => kept.catalog.loaded(),
      reloadSchema: () => kept.catalog.reload(),
      reloadConfig: () => kept.reloadConfig(),
      stop,
    }
  } catch (thrown) {
    await stop()
    throw thrown
  }
}

interface Opened {
  readonly sources: ConfigSources
  readonly first: ReadConfig
  readonly target: ConnectionTarget
  readonly database: OpenDatabase
  readonly observe: Observe
  readonly onFatal: () => void
}

function openKept(opened: Opened): KeptDoor {
  const { database, observe, onFatal } = opened
  const end = (reason: string): void => {
    observe({ kind: 'ending', reason })
    onFatal()
  }
  const observed = observedDatabase(database, {
    observe,
    onPasswordRefused: (said) => end(`Failed to establish a connection. ${said}`),
  })
  return keepDoor({ ...opened, observed, onFatal: end })
}

function serveApi(config: AloneConfig, kept: KeptDoor, observer: Observer): Promise<Served> {
  return serve({
    answer: (web) => kept.door()(web),
    bind: config.server,
    onAccess: (access) => observer.access(access),
  })
}

async function serveAdmin(
  { admin }: AloneConfig,
  kept: KeptDoor,
  metrics: ReturnType<typeof createMetrics>,
  isLive: () => boolean,
): Promise<Served | null> {
  if (admin === null) return null
  const parts = { isLive, isReady: () => kept.isReady(), catalog: () => catalogOf(kept.catalog), metrics }
  return await serve({ answer: (web) => answerAdmin(web, parts), bind: admin })
}

function catalogOf(catalog: CatalogKeeper): Catalog | null {
  try {
    return catalog.current()
  } catch {
    return null
  }
}

function databaseOptions({ database }: AloneConfig, target: ConnectionTarget): DatabaseOptions {
  const { poolSize, acquireTimeout, idleTimeout, lifetime, preparedStatements } = database
  const options = { ...target, size: poolSize, acquireTimeout, idleTimeout, lifetime }
  return preparedStatements ? options : { ...options, preparedStatements: 0 }
}
