// The Postgres of a project, whichever way it is had: the address in the configuration, or one of our own.

import { join } from 'node:path'

import type { Engine, EngineEvent } from '../../database/engines/engine.ts'
import { startEmbedded } from '../../database/engines/embedded/start-embedded.ts'
import { connectExternal } from '../../database/engines/external/connect-external.ts'
import type { BootstrapOptions, Degradation } from '../../database/bootstrap/bootstrap.ts'
import type { DatabaseProject } from '../config/project-config.ts'

export interface OpenEngine {
  readonly engine: Engine
  /** Known before the bootstrap; always empty for the embedded engine. */
  readonly degradations: readonly Degradation[]
}

/** Starts or finds Postgres. Refuses with `engine.*`. */
export async function openEngine(config: DatabaseProject, onEvent: (event: EngineEvent) => void): Promise<OpenEngine> {
  if (config.db.url !== null) {
    const engine = await connectExternal({ url: config.db.url, secret: config.auth.jwtSecret })
    return { engine, degradations: engine.degradations }
  }
  const folder = join(config.stateDir, 'postgres')
  const slotWalKeep = config.realtime.feed.walKeepBytes
  return { engine: await startEmbedded({ folder, port: config.db.port, slotWalKeep, onEvent }), degradations: [] }
}

/** What the bootstrap needs to know of the project and its engine. */
export function bootstrapOptions(
  config: DatabaseProject,
  engine: Pick<Engine, 'owned' | 'passwords'>,
): BootstrapOptions {
  return {
    owned: engine.owned,
    passwords: engine.passwords,
    jwtSecret: config.auth.jwtSecret,
    jwtExpiry: config.auth.jwtExpiry,
    autoExposeNewTables: config.api.autoExposeNewTables,
  }
}
