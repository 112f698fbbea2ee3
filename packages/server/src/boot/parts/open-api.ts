// The API of a project: connections, catalog, identity and the HTTP server over them, listening once resolved.

import { Pool } from 'pg'
import type { Logger } from 'pino'

import { announcesChanges } from '../../catalog/read-catalog.ts'
import type { Engine } from '../../database/engines/engine.ts'
import { openDatabase } from '../../database/pipeline/open-database.ts'
import type { Database } from '../../database/statement.ts'
import { markSchemaChange } from '../../realtime/changes/feed/marks/mark-schema-change.ts'
import type { Closers } from '../closers.ts'
import type { ProjectConfig } from '../config/project-config.ts'
import { ownVersion, type StackFacts } from '../running/stack-facts.ts'
import type { ProjectKeys } from '../project-keys.ts'
import { connectionOptions } from './connect.ts'
import { createLiveRest } from './live-rest.ts'
import { catalogOf, openCatalog } from './open-catalog.ts'
import { openHttp } from './open-http.ts'
import { type OpenIdentity, openIdentity } from './open-identity.ts'
import type { OpenMirror } from './open-mirror.ts'
import { openPlatform } from './open-platform.ts'
import { type OpenRealtime, openRealtime } from './open-realtime.ts'
import { type OpenStorage, openStorage } from './open-storage.ts'
import { s3Keys } from './storage/s3-keys.ts'
import { openStudio, type StudioEntrance } from './open-studio.ts'
import { apiUrl } from './url-host.ts'

interface ApiParts {
  readonly config: ProjectConfig
  readonly keys: ProjectKeys
  readonly engine: Engine
  readonly mirror: OpenMirror | null
  readonly studio: StudioEntrance | null
  readonly facts: StackFacts
  readonly stackId: string
  readonly closers: Closers
  readonly log: Logger
}

export interface OpenApi {
  readonly url: string
  readonly identity: OpenIdentity
  /** Sentences for whoever started the server. */
  readonly notices: readonly string[]
}

/** How long a stop waits for requests in flight. Milliseconds. */
const DRAIN = 10_000

/** Opens the parts, each noted in `closers` as soon as it is open. */
export async function openApi(parts: ApiParts): Promise<OpenApi> {
  const { config, keys, engine, studio, closers, log, stackId } = parts
  const login = engine.connection('authenticator')
  const connection = connectionOptions(login)
  const database = openDatabase({ ...connection, size: config.db.poolSize })
  closers.add('database pool', () => database.close())
  const administration = openAdministration(engine, log)
  closers.add('administration pool', () => administration.end())
  const notifiesOfChanges = await announcesChanges((work) => database.run(work), login.user)
  const rest = createLiveRest(config.api)
  const onLoaded = (): void => {
    if (config.realtime.enabled) markInBackground(database, log)
  }
  const catalog = openCatalog({ rest, database, connection, notifiesOfChanges, onLoaded, log })
  closers.add('catalog', () => catalog.close())
  const [identity] = await Promise.all([
    openIdentity({ config, keys, administration, loginRole: login.user, log }),
    catalog.loaded(),
  ])
  closers.add('identity', () => identity.close())
  const url = apiUrl(config.api)
  const readCatalog = async (schemas: readonly string[]) => await catalogOf(database, login.user, schemas)
  const platform = openPlatform({ ...parts, rest, catalog, identity, readCatalog })
  closers.add('platform', () => platform.close())
  const { areas } = platform
  const realtime = await realtimeOf(parts, identity, database)
  const storage = await storageOf(parts, identity)
  closers.add('storage', async () => await storage?.close())
  let closing: Promise<void> | undefined
  const closeRealtime = async (): Promise<void> => await (closing ??= realtime?.close())
  closers.add('realtime', closeRealtime)
  const http = await openHttp({
    config,
    rest,
    identity,
    catalog,
    database,
    platform: areas,
    realtime,
    storage,
    stackId,
    publicUrl: url,
    log,
  })
  closers.add('http', () => http.close(DRAIN))
  // Ends before the server does, which waits for its connections.
  closers.add('realtime sockets', closeRealtime)
  await http.listen(config.api.port, config.api.host)
  if (studio !== null) {
    const close = await openStudio({
      config: config.studio,
      entrance: studio,
      api: http.handleAdmitted,
      facts: parts.facts,
      log,
    })
    closers.add('studio', close)
  }
  return { url, identity, notices: [...(realtime?.notices ?? []), ...(storage?.notices ?? [])] }
}

/** Realtime hears of the change among the commits, also where the database tells of none by itself. */
function markInBackground(database: Database, log: Logger): void {
  markSchemaChange(database).catch((err: unknown) => log.warn({ err }, 'a change of the schema could not be marked'))
}

/** Null where it is switched off. */
async function realtimeOf(
  { config, engine, log }: ApiParts,
  { gate }: OpenIdentity,
  database: Database,
): Promise<OpenRealtime | null> {
  if (!config.realtime.enabled) return null
  return await openRealtime({
    config: config.realtime,
    gate,
    explain: config.api.explain,
    database,
    loginRole: engine.connection('authenticator').user,
    extraSearchPath: config.api.extraSearchPath,
    replication: connectionOptions(engine.connection('supabase_replication_admin')),
    log,
  })
}

/** Null where it is switched off. */
async function storageOf({ config, keys, engine, log }: ApiParts, { gate }: OpenIdentity): Promise<OpenStorage | null> {
  if (!config.storage.enabled) return null
  return await openStorage({
    config: config.storage,
    identify: gate.identify,
    explain: config.api.explain,
    connection: connectionOptions(engine.connection('supabase_storage_admin')),
    poolSize: config.db.poolSize,
    version: ownVersion(),
    jwtSecret: keys.jwtSecret,
    s3: s3Keys(config, keys),
    log,
  })
}

/** The server's own bookkeeping: seldom, so one connection that goes away when idle. */
function openAdministration(engine: Engine, log: Logger): Pool {
  const pool = new Pool({ ...engine.adminConnection(), max: 1, idleTimeoutMillis: 10_000, allowExitOnIdle: true })
  pool.on('error', (err) => log.warn({ err }, 'administration connection lost'))
  return pool
}
