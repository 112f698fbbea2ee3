// The SQL console: running what a person types, and what an editor needs for it.

import type { ConnectionSettings } from '../../database/engines/engine.ts'
import type { PlatformDatabase } from '../database/platform-database.ts'
import type { PlatformArea } from '../platform-door.ts'
import { consoleCatalogArea } from './catalog/catalog-area.ts'
import { exportArea } from './export/export-area.ts'
import { inspectArea } from './inspect/inspect-area.ts'
import { runArea } from './run/run-area.ts'
import { snippetsArea } from './snippets/snippets-area.ts'

interface ConsoleDeps {
  readonly database: PlatformDatabase
  /** Logs in as the database's owner. */
  readonly connection: ConnectionSettings
  readonly exposedSchemas: () => readonly string[]
  /** Where saved queries are kept. */
  readonly snippetsFolder: string
}

/** Everything below `/query`. */
export function consoleArea({ database, connection, exposedSchemas, snippetsFolder }: ConsoleDeps): PlatformArea {
  return async (fastify) => {
    await fastify.register(runArea(connection))
    await fastify.register(exportArea(database))
    await fastify.register(inspectArea(exposedSchemas))
    await fastify.register(consoleCatalogArea(database))
    await fastify.register(snippetsArea(snippetsFolder))
  }
}
