// Brings a Postgres that answers to the state the project describes: bootstrap, roles, migrations, seed.

import type { Client } from 'pg'

import { bootstrap, type Degradation } from '../database/bootstrap/bootstrap.ts'
import type { Engine, LoginRole } from '../database/engines/engine.ts'
import { seedOptions } from './administration/administer-project.ts'
import { bootstrapOptions } from './administration/open-engine.ts'
import { withClient } from '../database/engines/with-client.ts'
import type { ProjectConfig } from './config/project-config.ts'
import { layMirror } from './migrations/lay-mirror.ts'
import { applyMigrations } from './migrations/apply-migrations.ts'
import { applyRoles, applySeed } from './migrations/apply-seed.ts'

export interface PreparedDatabase {
  /** Names of the migrations that were applied now. */
  readonly migrations: readonly string[]
  readonly seeds: readonly string[]
  readonly warnings: readonly string[]
  /** The mirror's tables were made now, and are empty. */
  readonly mirrorIsNew: boolean
}

/** Roles that the running server logs in as. */
const LOGINS: readonly LoginRole[] = ['postgres', 'authenticator', 'supabase_storage_admin', 'tenon_clerk']

/**
 * Applies what is missing; an up-to-date database costs a few queries. `onLost` hears of the bootstrap's degradations
 * before anything is built on them. Refuses with `engine.privilege-missing` and `migration.*`.
 */
export async function prepareDatabase(
  config: ProjectConfig,
  engine: Engine,
  onLost: (degradations: readonly Degradation[]) => void,
): Promise<PreparedDatabase> {
  const { degradations } = await withClient(engine.adminConnection(), (admin) =>
    bootstrap(admin, bootstrapOptions(config, engine)),
  )
  onLost(degradations)
  await engine.checkLogins(LOGINS)
  return await withClient(engine.connection('postgres'), (owner) => applyFiles(owner, config))
}

async function applyFiles(owner: Client, config: ProjectConfig): Promise<PreparedDatabase> {
  const { migrationsEnabled } = config.db
  if (migrationsEnabled) await applyRoles(owner, config.supabaseDir)
  const mirrorIsNew = await layMirror(owner, config.clerk.mirror)
  if (!migrationsEnabled) return { migrations: [], seeds: [], warnings: [], mirrorIsNew }
  const migrations = await applyMigrations(owner, { folder: config.supabaseDir })
  const seed = await applySeed(owner, seedOptions(config))
  return {
    migrations: migrations.applied.map((migration) => `${migration.version}_${migration.name}`),
    seeds: seed.applied,
    warnings: [...migrations.warnings, ...seed.warnings],
    mirrorIsNew,
  }
}
