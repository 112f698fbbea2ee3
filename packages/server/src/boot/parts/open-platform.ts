// The areas of the platform door, each with the parts it administers.

import { join } from 'node:path'

import type { Logger } from 'pino'

import type { CatalogKeeper } from '../../catalog/catalog-keeper.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import type { Engine } from '../../database/engines/engine.ts'
import { clerkArea } from '../../platform/clerk/clerk-area.ts'
import { consoleArea } from '../../platform/console/console-area.ts'
import { openPlatformDatabase } from '../../platform/database/platform-database.ts'
import { diagramArea } from '../../platform/schema/diagram/diagram-area.ts'
import { extensionsArea } from '../../platform/schema/extensions/extensions-area.ts'
import { functionsArea } from '../../platform/schema/functions/functions-area.ts'
import { rowsArea } from '../../platform/rows/rows-area.ts'
import { migrationsArea } from '../../platform/schema/migrations/migrations-area.ts'
import { mirrorArea } from '../../platform/clerk/mirror/mirror-area.ts'
import type { PlatformArea } from '../../platform/platform-door.ts'
import { rolesArea } from '../../platform/schema/roles/roles-area.ts'
import { tablesArea } from '../../platform/schema/tables/tables-area.ts'
import { policiesArea } from '../../platform/schema/policies/policies-area.ts'
import { projectArea } from '../../platform/project/project-area.ts'
import { studioArea } from '../../platform/project/studio/studio-area.ts'
import { tokensArea } from '../../platform/trust/tokens/tokens-area.ts'
import { typesArea } from '../../platform/schema/types/types-area.ts'
import { triggersArea } from '../../platform/schema/triggers/triggers-area.ts'
import type { ProjectKeys } from '../project-keys.ts'
import type { ProjectConfig } from '../config/project-config.ts'
import { keepMigrations } from '../migrations/keeping/keep-migrations.ts'
import { projectFacts, type StackFacts } from '../running/stack-facts.ts'
import { clerkPort } from './clerk-port.ts'
import type { LiveRest } from './live-rest.ts'
import type { OpenIdentity } from './open-identity.ts'
import type { OpenMirror } from './open-mirror.ts'
import { settingsAreas } from './settings-areas.ts'
import type { StudioEntrance } from './open-studio.ts'

interface PlatformParts {
  readonly config: ProjectConfig
  readonly keys: ProjectKeys
  readonly rest: LiveRest
  readonly catalog: Pick<CatalogKeeper, 'reload'>
  readonly engine: Engine
  readonly identity: OpenIdentity
  readonly mirror: OpenMirror | null
  readonly studio: StudioEntrance | null
  readonly facts: StackFacts
  /** As if these schemas were exposed. */
  readonly readCatalog: (schemas: readonly string[]) => Promise<Catalog>
  readonly log: Logger
}

export interface OpenPlatform {
  readonly areas: readonly PlatformArea[]
  close(): Promise<void>
}

/** Opens the platform's own connections and lists what it serves. */
export function openPlatform(parts: PlatformParts): OpenPlatform {
  const { config, rest, engine, identity, mirror, studio, facts, readCatalog, log } = parts
  const connection = engine.connection('postgres')
  const onLost = (err: Error): void => log.warn({ err }, 'a connection of the platform was lost')
  const database = openPlatformDatabase({ connection, onLost })
  const administration = openPlatformDatabase({ connection: engine.adminConnection(), onLost })
  return {
    areas: [
      tokensArea({ explain: identity.explainDeps, activeUsers: identity.activeUsers }),
      mirrorArea(mirror),
      tablesArea({ database, exposedSchemas: () => rest.current().schemas }),
      functionsArea(database),
      policiesArea(database),
      rowsArea(database),
      clerkArea(clerkPort(config, identity, facts)),
      typesArea({ database, readCatalog, exposedSchemas: () => rest.current().schemas }),
      projectArea(() => projectFacts(config, engine, facts)),
      studioArea({ studio, requireSecretKey: (credentials) => identity.gate.requireSecretKey(credentials) }),
      triggersArea(database),
      extensionsArea({ database, administration, embedded: engine.kind === 'embedded' }),
      rolesArea(database),
      diagramArea(database),
      consoleArea({
        database,
        connection,
        exposedSchemas: () => rest.current().schemas,
        snippetsFolder: join(config.supabaseDir, 'snippets'),
      }),
      ...settingsAreas({ ...parts, database }),
      migrationsArea(keepMigrations({ folder: config.supabaseDir, connection, now: () => Date.now() })),
    ],
    close: async () => {
      await database.close()
      await administration.close()
    },
  }
}
