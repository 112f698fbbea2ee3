// Applies a project's pending migrations by Supabase's conventions, each recorded under its version.

import type { ClientBase } from 'pg'

import { applyMigration, listMigrationFiles } from './apply-migration.ts'
import { isMissing, withMigrationLock } from './migration-records.ts'
import { type MigrationName, planMigrations } from './plan-migrations.ts'

export interface MigrationsResult {
  readonly applied: readonly MigrationName[]
  readonly warnings: readonly string[]
}

interface MigrationOptions {
  /** The folder that holds `migrations`, usually `<project>/supabase`. */
  readonly folder: string
  readonly onApplied?: (migration: MigrationName) => void
}

/**
 * Applies what is pending, in order, as the client's user (role `postgres` in a project). A failing file stops it:
 * refuses with `migration.*`, keeps the files before, applies none after. Only one process does this at a time.
 */
export async function applyMigrations(client: ClientBase, options: MigrationOptions): Promise<MigrationsResult> {
  const files = await listMigrationFiles(options.folder)
  const first = planMigrations(files, await recordedVersions(client))
  if (first.pending.length === 0) return { applied: [], warnings: first.warnings }
  return await withMigrationLock(client, async () => {
    const plan = planMigrations(files, await recordedVersions(client))
    for (const migration of plan.pending) {
      await applyMigration(client, options.folder, migration)
      options.onApplied?.(migration)
    }
    return { applied: plan.pending, warnings: plan.warnings }
  })
}

async function recordedVersions(client: ClientBase): Promise<readonly string[]> {
  try {
    const { rows } = await client.query<{ version: string }>(
      'select version from supabase_migrations.schema_migrations order by version',
    )
    return rows.map((row) => row.version)
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}
