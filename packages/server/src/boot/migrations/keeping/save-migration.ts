// A new file in `supabase/migrations`, under a version later than all that are there.

import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import type { ClientBase } from 'pg'

import type { SaveWish } from '../../../platform/schema/migrations/migrations-area.ts'
import { applyMigration, listMigrationFiles, recordMigration } from '../apply-migration.ts'
import { parseSqlFile } from '../migration-file.ts'
import { withMigrationLock } from '../migration-records.ts'
import type { MigrationName } from '../plan-migrations.ts'
import { parseMigrationName } from '../plan-migrations.ts'
import { pathOf } from './compare-migrations.ts'

/**
 * Writes the file and does with it what is wished; a file whose statements fail is removed again. Refuses with
 * `migration.*`. `now` is the time in milliseconds.
 */
export async function saveMigration(
  client: ClientBase,
  folder: string,
  wish: SaveWish,
  now: number,
): Promise<MigrationName> {
  return await withMigrationLock(client, async () => {
    const migration = await nextName(client, folder, wish.name, now)
    const parsed = parseSqlFile(pathOf(migration.file), wish.sql)
    const path = join(folder, 'migrations', migration.file)
    await mkdir(join(folder, 'migrations'), { recursive: true })
    await writeFile(path, `${wish.sql.trimEnd()}\n`, { flag: 'wx' })
    try {
      if (wish.afterwards === 'run') await applyMigration(client, folder, migration)
      if (wish.afterwards === 'note') await recordMigration(client, migration, parsed)
    } catch (error) {
      await rm(path)
      throw error
    }
    return migration
  })
}

/** `20260131235959_add_tasks.sql`. */
async function nextName(client: ClientBase, folder: string, wished: string, now: number): Promise<MigrationName> {
  const { rows } = await client.query<{ version: string }>('select version from supabase_migrations.schema_migrations')
  const files = (await listMigrationFiles(folder)).map((file) => parseMigrationName(file)?.version ?? '')
  const version = laterThan(now, [...files, ...rows.map((row) => row.version)])
  const name = wished.toLowerCase().replaceAll(/[ -]+/g, '_')
  return { version, name, file: `${version}_${name}.sql` }
}

/** The first second from `now` on that comes after all versions which are times themselves. */
export function laterThan(now: number, versions: readonly string[]): string {
  const last = versions.filter((version) => version.length === 14).reduce((a, b) => (a > b ? a : b), '')
  const wanted = timestamp(now)
  if (wanted > last) return wanted
  const [, year, month, day, hour, minute, second] = (/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(last) ?? []).map(
    Number,
  )
  const after = timestamp(Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, (second ?? 0) + 1))
  // Digits that are no time, such as 99999999999999, still count.
  return after > last ? after : String(BigInt(last) + 1n)
}

function timestamp(at: number): string {
  return new Date(at).toISOString().replaceAll(/\D/g, '').slice(0, 14)
}
