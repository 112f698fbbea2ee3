// What the `tenon db` commands do to a project's database.

import { resetInstances } from '@tenon/clerk'
import type { ClientBase } from 'pg'

import { connectionUrl } from '../../database/engines/engine.ts'
import { withClient } from '../../database/engines/with-client.ts'
import { Refusal } from '../../refusal/refusal.ts'
import type { DatabaseProject } from '../config/project-config.ts'
import { applyMigrations, type MigrationsResult } from '../migrations/apply-migrations.ts'
import { layMirror } from '../migrations/lay-mirror.ts'
import { applyRoles, type SeedOptions } from '../migrations/apply-seed.ts'
import { resetDatabase, type ResetResult } from '../migrations/reset-database.ts'
import { bootstrapOptions } from './open-engine.ts'
import { clerkInstances } from '../parts/open-clerk.ts'
import { keptSecrets } from '../kept-secrets.ts'
import { backfillProject } from './backfill-project.ts'
import { openProjectDatabase, type ProjectDatabase } from './project-database.ts'

export interface QueryResult {
  readonly columns: readonly string[]
  /** Every value as Postgres prints it. */
  readonly rows: readonly (readonly (string | null)[])[]
  /** The statement's command tag, such as `INSERT`. */
  readonly command: string
}

interface ResetWishes {
  readonly seed: boolean
  /** Also empties the built-in Clerk instance, whose seed is applied again. */
  readonly people: boolean
  /** A Postgres that is not ours alone is emptied only when told so. */
  readonly force: boolean
}

/**
 * Empties the database and applies migrations and seed again; people of the built-in Clerk instance stay, unless
 * wished otherwise. Refuses `boot.reset-external` and `migration.*`.
 */
export async function resetProject(config: DatabaseProject, wishes: ResetWishes): Promise<ResetResult> {
  await using database = await openProjectDatabase(config)
  if (database.kind === 'external' && !wishes.force)
    throw new Refusal('boot.reset-external', {}, { fix: 'Say --force where everything in that database may go.' })
  const options = bootstrapOptions(config, database.engine)
  const result = await asBoth(database, (admin, owner) =>
    resetDatabase({
      admin,
      owner,
      bootstrap: options,
      seed: seedOptions(config, wishes.seed),
      beforeMigrations: (client) => layMirror(client, config.clerk.mirror),
    }),
  )
  if (wishes.people) {
    const instances = await clerkInstances(config, keptSecrets(config.stateDir, config.clerk.instances))
    await resetInstances({ databaseUrl: connectionUrl(database.settings('clerk')), instances })
  }
  if (config.clerk.mirror.enabled) await backfillProject(config.stateDir)
  return result
}

/** Applies pending migrations. Refuses with `migration.*`. */
export async function migrateProject(config: DatabaseProject): Promise<MigrationsResult> {
  await using database = await openProjectDatabase(config)
  return await asBoth(database, async (admin, owner) => {
    await applyRoles(owner, config.supabaseDir)
    await layMirror(owner, config.clerk.mirror)
    const result = await applyMigrations(owner, { folder: config.supabaseDir })
    await admin.query("notify pgrst, 'reload schema'")
    return result
  })
}

/** Runs SQL text as role postgres; one result a statement. Rejects with Postgres' error. */
export async function queryProject(config: DatabaseProject, text: string): Promise<readonly QueryResult[]> {
  await using database = await openProjectDatabase(config)
  return await withClient(database.settings('owner'), async (client) => {
    const results = [await client.query({ text, rowMode: 'array', types: { getTypeParser: () => String } })].flat()
    return results.map(({ fields, rows, command }) => ({
      columns: fields.map((field) => field.name),
      rows: rows as (string | null)[][],
      command,
    }))
  })
}

/** The seed's part of the configuration. */
export function seedOptions(config: DatabaseProject, wanted = true): SeedOptions {
  return { folder: config.supabaseDir, enabled: config.db.seedEnabled && wanted, sqlPaths: config.db.seedPaths }
}

async function asBoth<Result>(
  database: ProjectDatabase,
  work: (admin: ClientBase, owner: ClientBase) => Promise<Result>,
): Promise<Result> {
  return await withClient(database.settings('administrator'), (admin) =>
    withClient(database.settings('owner'), (owner) => work(admin, owner)),
  )
}
