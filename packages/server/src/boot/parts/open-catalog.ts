// Keeps the catalog of the exposed schemas for as long as the server runs.

import type { Logger } from 'pino'

import type { Catalog } from '../../catalog/catalog.ts'
import { type CatalogEvent, type CatalogKeeper, createCatalogKeeper } from '../../catalog/catalog-keeper.ts'
import { type CatalogScope, readCatalog, readSchemaFingerprint } from '../../catalog/read-catalog.ts'
import type { ConnectionOptions } from '../../database/pool/connection-options.ts'
import { listen } from '../../database/pool/listen.ts'
import type { Database } from '../../database/statement.ts'
import type { LiveRest } from './live-rest.ts'

interface CatalogParts {
  /** The schemas it is about. */
  readonly rest: Pick<LiveRest, 'scope'>
  readonly database: Database
  readonly connection: ConnectionOptions
  /** False where this Postgres does not let us make event triggers: then changes are looked for. */
  readonly notifiesOfChanges: boolean
  /** There is another catalog than before, the first among them. */
  readonly onLoaded?: () => void
  readonly log: Logger
}

/** Milliseconds between two looks where the database cannot tell of changes. */
const POLL_EVERY = 5000

/** Settings of functions that hold for the whole transaction, as in PostgREST. */
const HOISTED = ['statement_timeout', 'plan_filter.statement_cost_limit', 'default_transaction_isolation']

/** Starts reading and listening; `loaded()` of the keeper says when there is a catalog. */
export function openCatalog(parts: CatalogParts): CatalogKeeper {
  const { rest, database, connection, notifiesOfChanges, onLoaded, log } = parts
  const run: Database['run'] = (transaction) => database.run(transaction)
  const scope = (): CatalogScope => ({
    schemas: rest.scope().schemas,
    extraSearchPath: rest.scope().extraSearchPath,
    authenticatorRole: connection.user ?? 'authenticator',
    hoistedSettings: HOISTED,
  })
  return createCatalogKeeper({
    read: (version) => readCatalog(run, scope(), version),
    listen: (channel, handlers) => listen({ ...connection, channel, ...handlers }),
    channel: 'pgrst',
    report(event) {
      logEvent(log, event)
      if (event.kind === 'catalog-loaded') onLoaded?.()
    },
    fingerprint: () => readSchemaFingerprint(run, scope()),
    ...(!notifiesOfChanges && { pollEvery: POLL_EVERY }),
    now: () => performance.now(),
  })
}

/** Reads what the catalog would be if it served these schemas. For whoever describes them without serving them. */
export async function catalogOf(
  database: Pick<Database, 'run'>,
  authenticatorRole: string,
  schemas: readonly string[],
): Promise<Catalog> {
  const scope: CatalogScope = { schemas, extraSearchPath: [], authenticatorRole, hoistedSettings: [] }
  return await readCatalog((transaction) => database.run(transaction), scope, 0)
}

function logEvent(log: Logger, event: CatalogEvent): void {
  switch (event.kind) {
    case 'catalog-loaded':
      log.info({ version: event.catalog.version, took: Math.round(event.took) }, 'catalog loaded')
      break
    case 'catalog-load-failed':
    case 'catalog-fingerprint-failed':
    case 'config-reload-failed':
      log.warn({ ...event, kind: undefined }, event.kind.replaceAll('-', ' '))
      break
  }
}
