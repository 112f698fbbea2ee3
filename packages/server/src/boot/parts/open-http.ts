// The HTTP server of a project: the doors that are built, the limits of the configuration, health and metrics.

import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

import type { Logger } from 'pino'
import { collectDefaultMetrics, Registry } from 'prom-client'

import { publicKeysDoor } from '../../auth/public-keys-door.ts'
import type { CatalogKeeper } from '../../catalog/catalog-keeper.ts'
import type { OpenDatabase } from '../../database/pipeline/open-database.ts'
import { sql } from '../../database/sql.ts'
import { createHttpServer, type HttpServer } from '../../http/create-http-server.ts'
import type { HealthReport } from '../../http/http-options.ts'
import { registerPoolMetrics } from '../../http/observe/metrics.ts'
import { isLoopback } from '../config/read-project-config.ts'
import type { ProjectConfig } from '../config/project-config.ts'
import { createRestDoor, type RestDoor } from '../../rest/handle.ts'
import { type PlatformArea, platformDoor } from '../../platform/platform-door.ts'
import type { OpenIdentity } from './open-identity.ts'
import { registerIdentityMetrics } from './identity-metrics.ts'
import type { OpenRealtime } from './open-realtime.ts'
import type { OpenStorage } from './open-storage.ts'
import { realtimeFacts, registerRealtimeMetrics } from './realtime/realtime-metrics.ts'
import { followSettings, type LiveRest } from './live-rest.ts'
import { restConfig } from './rest-config.ts'

interface HttpParts {
  readonly config: ProjectConfig
  readonly rest: LiveRest
  readonly identity: OpenIdentity
  readonly catalog: CatalogKeeper
  readonly database: OpenDatabase
  readonly platform: readonly PlatformArea[]
  /** Null where it is switched off. */
  readonly realtime: OpenRealtime | null
  /** Null where it is switched off. */
  readonly storage: OpenStorage | null
  /** Shown by `/health`, so that commands know whom they ask. */
  readonly stackId: string
  readonly publicUrl: string
  readonly log: Logger
}

/** Puts the doors behind one server; it listens once told. */
export async function openHttp(parts: HttpParts): Promise<HttpServer> {
  const { config, identity, database, realtime, storage, log } = parts
  const { api } = config
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  registerPoolMetrics(registry, () => database.gauge())
  registerIdentityMetrics(registry, () => identity.verifier.stats())
  if (realtime !== null) registerRealtimeMetrics(registry, () => realtime.stats())
  return await createHttpServer({
    rest: restDoor(parts),
    doors: {
      platform: platformDoor(parts.platform),
      auth: publicKeysDoor(identity.own),
      ...(realtime !== null && { realtime: realtime.door }),
      ...(storage !== null && { storage: storage.door }),
    },
    switchedOff: {
      ...(realtime === null && { realtime: '[realtime] enabled' }),
      ...(storage === null && { storage: '[storage] enabled' }),
    },
    upgrades: realtime === null ? {} : { realtime: realtime.upgrade },
    gate: identity.gate,
    guardSecretPaths: api.requireApiKey || config.production,
    health: () => health(database, parts.stackId, realtime),
    registry,
    openMetrics: isLoopback(api.host) && !config.production,
    logger: log,
    cors: { origins: api.corsOrigins.includes('*') ? '*' : api.corsOrigins },
    limits: { bodyBytes: api.limits.body, headerBytes: api.limits.header, urlBytes: api.limits.url },
    ...(api.tls !== null && { tls: readTls(config, api.tls) }),
  })
}

/** Another door for other settings; what began at the one before ends there. */
function restDoor({ config, rest, identity, catalog, database, publicUrl, log }: HttpParts): RestDoor {
  return followSettings(rest, (settings) =>
    createRestDoor({
      identify: identity.gate.identify,
      catalog,
      database,
      config: { ...restConfig(config, publicUrl), ...settings },
      now: () => performance.now(),
      report: (fault) => log.error({ err: fault.cause, traceId: fault.traceId }, 'fault'),
    }),
  )
}

/** Well means that Postgres answers the role that requests log in as. */
async function health(database: OpenDatabase, stack: string, realtime: OpenRealtime | null): Promise<HealthReport> {
  const facts = { stack, ...(realtime !== null && { realtime: realtimeFacts(realtime.stats()) }) }
  try {
    await database.run({
      kind: 'transaction',
      role: 'anon',
      settings: [],
      readOnly: true,
      statements: [{ kind: 'statement', text: sql`select 1`, values: [] }],
      end: 'commit',
    })
    return { healthy: true, facts: { ...facts, database: 'answers' } }
  } catch {
    return { healthy: false, facts: { ...facts, database: 'does not answer' } }
  }
}

function readTls(
  { supabaseDir }: ProjectConfig,
  tls: { certificate: string; key: string },
): { cert: Buffer; key: Buffer } {
  return { cert: readFileSync(resolve(supabaseDir, tls.certificate)), key: readFileSync(resolve(supabaseDir, tls.key)) }
}
