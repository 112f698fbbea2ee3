// The REST door alone, as PostgREST runs: one database, PGRST_* parameters, an admin port.

import { type CatalogKeeper, createCatalogKeeper, type Listen } from '../../catalog/catalog-keeper.ts'
import { readCatalog } from '../../catalog/read-catalog.ts'
import { type DatabaseOptions, type OpenDatabase, openDatabase } from '../../database/pipeline/open-database.ts'
import { listen } from '../../database/pool/listen.ts'
import type { RestDoor } from '../../rest/handle.ts'
import type { WebRequest, WebResponse } from '../../rest/web.ts'
import { createClosers } from '../closers.ts'
import { type AloneConfig, type Environment, readEnvironment } from './environment.ts'
import { loginRole } from './login-role.ts'
import { openDoor } from './open-door.ts'
import { readDatabaseSettings } from './read-database-settings.ts'
import { serve } from './serve.ts'

export interface RestAlone {
  readonly port: number
  readonly adminPort: number | null
  /** Resolves once the schema has been read; until then every request is answered 503. */
  ready(): Promise<void>
  /** Finishes what is under way, then stops. */
  stop(): Promise<void>
}

/** Where diagnostics go: one line each. */
export type Note = (line: string) => void

/** Starts the door. Rejects for a configuration that is wrong or a port that is taken; a database that is away is waited for. */
export async function startRestAlone(env: Environment, note: Note): Promise<RestAlone> {
  const config = readEnvironment(env)
  const closers = createClosers()
  const stop = (): Promise<void> => closers.closeAll((name, error) => note(`${name} did not close: ${String(error)}`))
  try {
    const database = openDatabase(databaseOptions(config))
    closers.add('database', () => database.close())
    const kept = keepDoor(env, config, database, note)
    closers.add('catalog', () => kept.catalog.close())
    const { admin: adminAddress } = config
    const admin =
      adminAddress === null ? null : await serve((web) => Promise.resolve(answerAdmin(web, kept.catalog)), adminAddress)
    if (admin !== null) closers.add('admin server', () => admin.close())
    const main = await serve((web) => kept.door()(web), config.server)
    closers.add('server', () => main.close())
    const ready = (): Promise<void> => kept.catalog.loaded()
    return { port: main.port, adminPort: admin?.port ?? null, ready, stop }
  } catch (thrown) {
    await stop()
    throw thrown
  }
}

interface KeptDoor {
  readonly catalog: CatalogKeeper
  /** The door of the last good configuration. */
  door(): RestDoor
}

/** Keeps catalog and configuration together: both are read again on every sign of change. */
function keepDoor(env: Environment, first: AloneConfig, database: OpenDatabase, note: Note): KeptDoor {
  const { uri, channel } = first.database
  const run: OpenDatabase['run'] = (transaction) => database.run(transaction)
  const role = loginRole(uri)
  let config = first
  const heard: Listen = (name, handlers) => listen({ url: uri, channel: name, ...handlers })
  const catalog = createCatalogKeeper({
    async read(version) {
      const next = await reread(env, config, (preConfig) => readDatabaseSettings(run, role, preConfig), note)
      const { schemas, extraSearchPath } = next.rest
      const { hoistedSettings } = next.database
      const read = await readCatalog(
        run,
        { schemas, extraSearchPath, authenticatorRole: role, hoistedSettings },
        version,
      )
      if (next !== config) door = openDoor(next, parts)
      config = next
      return read
    },
    listen: channel === null ? deaf : heard,
    channel: channel ?? '',
    report: (event) => note('cause' in event ? `${event.kind}: ${String(event.cause)}` : event.kind),
    now: () => performance.now(),
  })
  const parts = { catalog, database, note }
  let door = openDoor(config, parts)
  return { catalog, door: () => door }
}

type ReadSettings = (preConfig: AloneConfig['database']['preConfig']) => Promise<Environment>

/** The configuration with what the database says of it; what is wrong there is noted and changes nothing. */
async function reread(env: Environment, config: AloneConfig, read: ReadSettings, note: Note): Promise<AloneConfig> {
  if (!config.database.configures) return config
  const settings = await read(config.database.preConfig)
  try {
    return readEnvironment({ ...env, ...settings })
  } catch (thrown) {
    note(`the database's settings are wrong: ${String(thrown)}`)
    return config
  }
}

/** Where nothing is to be listened to. */
const deaf: Listen = () => ({ ready: Promise.resolve(), close: () => Promise.resolve() })

function databaseOptions({ database }: AloneConfig): DatabaseOptions {
  const { uri, poolSize, acquireTimeout, idleTimeout, preparedStatements } = database
  const options = { url: uri, size: poolSize, acquireTimeout, idleTimeout }
  return preparedStatements ? options : { ...options, preparedStatements: 0 }
}

function answerAdmin({ path, method }: WebRequest, catalog: CatalogKeeper): WebResponse {
  if (method === 'GET' && path === '/live') return bare(200)
  if (method === 'GET' && path === '/ready') return bare(isLoaded(catalog) ? 200 : 503)
  return bare(404)
}

function bare(status: number): WebResponse {
  return { status, headers: [], body: '' }
}

function isLoaded(catalog: CatalogKeeper): boolean {
  try {
    catalog.current()
    return true
  } catch {
    return false
  }
}
