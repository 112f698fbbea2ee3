// Applies a project's pending migrations by Supabase's conventions, each recorded under its version.

import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

import type { ClientBase } from 'pg'

import { isMissing, withMigrationLock } from './migration-records.ts'
import { parseSqlFile } from './migration-file.ts'
import { type MigrationName, planMigrations } from './plan-migrations.ts'
import { runSqlFile } from './run-sql-file.ts'

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
  const files = await listMigrations(options.folder)
  const first = planMigrations(files, await recordedVersions(client))
  if (first.pending.length === 0) return { applied: [], warnings: first.warnings }
  return await withMigrationLock(client, async () => {
    const plan = planMigrations(files, await recordedVersions(client))
    for (const migration of plan.pending) {
      await applyOne(client, options.folder, migration)
      options.onApplied?.(migration)
    }
    return { applied: plan.pending, warnings: plan.warnings }
  })
}

async function listMigrations(folder: string): Promise<readonly string[]> {
  const entries = await readdir(join(folder, 'migrations'), { withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return []
      throw error
    },
  )
  return entries.filter((entry) => !entry.isDirectory()).map((entry) => entry.name)
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

async function applyOne(client: ClientBase, folder: string, { version, name, file }: MigrationName): Promise<void> {
  const text = await readFile(join(folder, 'migrations', file), 'utf8')
  const parsed = parseSqlFile(`supabase/migrations/${file}`, text)
  await runSqlFile(client, parsed, async () => {
    await client.query(
      'insert into supabase_migrations.schema_migrations (version, name, statements) values ($1, $2, $3)',
      [version, name, parsed.statements.map((statement) => statement.text)],
    )
  })
}
