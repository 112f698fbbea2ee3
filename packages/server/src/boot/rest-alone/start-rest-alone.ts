// The REST door alone, as PostgREST runs: one database, PGRST_* parameters, an admin port.

import { type DatabaseOptions, openDatabase } from '../../database/pipeline/open-database.ts'
import { listen } from '../../database/pool/listen.ts'
import { type CatalogKeeper, createCatalogKeeper, type Listen } from '../../catalog/catalog-keeper.ts'
import { readCatalog } from '../../catalog/read-catalog.ts'
import type { Identify } from '../../identity/identity.ts'
import { createRestDoor, type RestDoor } from '../../rest/handle.ts'
import type { WebRequest, WebResponse } from '../../rest/web.ts'
import { createClosers } from '../closers.ts'
import { answerPreflight, corsHeaders } from './cors.ts'
import { type AloneConfig, type Environment, readEnvironment } from './environment.ts'
import { loginRole } from './login-role.ts'
import { serve } from './serve.ts'
import { createAloneIdentify } from './token/alone-identify.ts'
import { parseRolePath } from './token/role-path.ts'
import { parseTokenKeys } from './token/token-keys.ts'

export interface RestAlone {
  readonly port: number
  readonly adminPort: number | null
  /** Finishes what is under way, then stops. */
  stop(): Promise<void>
}

/** Where diagnostics go: one line each. */
export type Note = (line: string) => void

/** Starts the door. Rejects for a configuration that is wrong or a port that is taken; a database that is away is waited for. */
export async function startRestAlone(env: Environment, note: Note): Promise<RestAlone> {
  const config = readEnvironment(env)
  const identify = identifyBy(config)
  const closers = createClosers()
  const stop = (): Promise<void> => closers.closeAll((name, error) => note(`${name} did not close: ${String(error)}`))
  try {
    const database = openDatabase(databaseOptions(config))
    closers.add('database', () => database.close())
    const catalog = keepCatalog(config, (transaction) => database.run(transaction), note)
    closers.add('catalog', () => catalog.close())
    const door = createRestDoor({
      identify,
      catalog,
      database,
      config: config.rest,
      now: () => performance.now(),
      report: (fault) => note(`fault ${fault.traceId}: ${String(fault.cause)}`),
    })
    const admin =
      config.admin === null ? null : await serve((web) => Promise.resolve(answerAdmin(web, catalog)), config.admin)
    if (admin !== null) closers.add('admin server', () => admin.close())
    const main = await serve((web) => answerAlone(web, door, config), config.server)
    closers.add('server', () => main.close())
    return { port: main.port, adminPort: admin?.port ?? null, stop }
  } catch (thrown) {
    await stop()
    throw thrown
  }
}

function databaseOptions({ database }: AloneConfig): DatabaseOptions {
  const { uri, poolSize, acquireTimeout, idleTimeout, preparedStatements } = database
  const options = { url: uri, size: poolSize, acquireTimeout, idleTimeout }
  return preparedStatements ? options : { ...options, preparedStatements: 0 }
}

function identifyBy({ token, rest }: AloneConfig): Identify {
  return createAloneIdentify({
    keys: token.secret === null ? null : parseTokenKeys(token.secret),
    audience: token.audience,
    rolePath: parseRolePath(token.rolePath),
    anonymousRole: rest.anonymousRole,
    cacheSize: token.cacheSize,
    now: () => Math.floor(Date.now() / 1000),
  })
}

/** Where nothing is to be listened to. */
const deaf: Listen = () => ({ ready: Promise.resolve(), close: () => Promise.resolve() })

function keepCatalog(config: AloneConfig, run: Parameters<typeof readCatalog>[0], note: Note): CatalogKeeper {
  const { uri, channel, hoistedSettings } = config.database
  const scope = {
    schemas: config.rest.schemas,
    extraSearchPath: config.rest.extraSearchPath,
    authenticatorRole: loginRole(uri),
    hoistedSettings,
  }
  const heard: Listen = (name, handlers) => listen({ url: uri, channel: name, ...handlers })
  return createCatalogKeeper({
    read: (version) => readCatalog(run, scope, version),
    listen: channel === null ? deaf : heard,
    channel: channel ?? '',
    report: (event) => note('cause' in event ? `${event.kind}: ${String(event.cause)}` : event.kind),
    now: () => performance.now(),
  })
}

/** What stands around the door: preflights, and the headers of every response. */
async function answerAlone(web: WebRequest, door: RestDoor, config: AloneConfig): Promise<WebResponse> {
  const { rest, allowedOrigins, traceHeader } = config
  const response = answerPreflight(web, allowedOrigins) ?? (await door(web))
  const cors = response.headers.some(([name]) => name === 'Access-Control-Max-Age')
    ? []
    : corsHeaders(web, allowedOrigins)
  const trace = traceHeader === null ? [] : [[traceHeader, web.headers[traceHeader.toLowerCase()] ?? ''] as const]
  const server = rest.server === null ? [] : [['Server', `${rest.server.product}/${rest.server.version}`] as const]
  return { ...response, headers: [...server, ...trace, ...cors, ...response.headers] }
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
