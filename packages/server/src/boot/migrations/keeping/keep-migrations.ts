// What the platform's endpoints about migrations do: the folder and the database of one project.

import { join } from 'node:path'

import type { ConnectionSettings } from '../../../database/engines/engine.ts'
import type { MigrationsPort, MigrationText } from '../../../platform/schema/migrations/migrations-area.ts'
import { type AnyRefusal, isRefusal, Refusal } from '../../../refusal/refusal.ts'
import { withClient } from '../../../database/engines/with-client.ts'
import { applyMigrations } from '../apply-migrations.ts'
import { listMigrationFiles } from '../apply-migration.ts'
import { planMigrations } from '../plan-migrations.ts'
import { compareMigrations, withoutTexts } from './compare-migrations.ts'
import { saveMigration } from './save-migration.ts'

interface KeepingDeps {
  /** Holds `migrations`, usually `<project>/supabase`. */
  readonly folder: string
  /** As role `postgres`. */
  readonly connection: ConnectionSettings
  /** Milliseconds. */
  readonly now: () => number
}

/** Each call connects for itself, as migrations change what a session is set to. */
export function keepMigrations({ folder, connection, now }: KeepingDeps): MigrationsPort {
  const compared = async (): Promise<readonly MigrationText[]> =>
    await withClient(connection, async (client) => await compareMigrations(client, folder))
  const read = async (version: string): Promise<MigrationText | null> =>
    (await compared()).find((migration) => migration.version === version) ?? null
  return {
    list: async () => {
      const all = await compared()
      return { migrations: all.map(withoutTexts), warnings: await warningsOf(folder, all) }
    },
    read,
    save: async (wish) => {
      const { version } = await told(
        async () => await withClient(connection, async (client) => await saveMigration(client, folder, wish, now())),
      )
      const saved = await read(version)
      if (saved === null) throw new Error(`${join(folder, 'migrations')} lost migration ${version}`)
      return saved
    },
    apply: async () => await told(async () => await applyPending(folder, connection)),
  }
}

async function applyPending(folder: string, connection: ConnectionSettings): Promise<readonly string[]> {
  const { applied } = await withClient(connection, async (client) => await applyMigrations(client, { folder }))
  return applied.map(({ version }) => version)
}

async function warningsOf(folder: string, all: readonly MigrationText[]): Promise<readonly string[]> {
  const recorded = all.filter(({ state }) => state !== 'pending').map(({ version }) => version)
  try {
    return planMigrations(await listMigrationFiles(folder), recorded).warnings
  } catch (thrown) {
    if (!isRefusal(thrown) || thrown.code !== 'migration.duplicate-version') throw thrown
    return [sayRefused(thrown) ?? thrown.message]
  }
}

/** Migrations speak to whoever starts the server; the platform's door says the same to its own callers. */
async function told<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (thrown) {
    const reason = isRefusal(thrown) ? sayRefused(thrown) : null
    if (!isRefusal(thrown) || reason === null) throw thrown
    const options = { cause: thrown, ...(thrown.fix !== undefined && { fix: thrown.fix }) }
    throw new Refusal('platform.migration-refused', { reason }, options)
  }
}

function sayRefused(refusal: AnyRefusal): string | null {
  const { code, detail } = refusal
  if (code === 'migration.failed') return `${detail.path}, line ${detail.line}: ${detail.message}`
  if (code === 'migration.unreadable') return `${detail.path}, line ${detail.line}: ${detail.problem}`
  if (code === 'migration.duplicate-version') return `${detail.paths.join(' and ')} claim one version`
  return null
}
