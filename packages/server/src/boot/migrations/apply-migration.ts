// One file of `supabase/migrations`: found, run and recorded.

import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

import type { ClientBase } from 'pg'

import { parseSqlFile, type SqlFile } from './migration-file.ts'
import type { MigrationName } from './plan-migrations.ts'
import { runSqlFile } from './run-sql-file.ts'

/** The names of the files, whatever they are called; none where there is no folder. */
export async function listMigrationFiles(folder: string): Promise<readonly string[]> {
  const entries = await readdir(join(folder, 'migrations'), { withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return []
      throw error
    },
  )
  return entries.filter((entry) => !entry.isDirectory()).map((entry) => entry.name)
}

/** Refuses with `migration.unreadable`. */
export async function readMigration(folder: string, file: string): Promise<SqlFile & { readonly text: string }> {
  const text = await readFile(join(folder, 'migrations', file), 'utf8')
  return { ...parseSqlFile(`supabase/migrations/${file}`, text), text }
}

/** Runs the file and records it. Refuses with `migration.*`. */
export async function applyMigration(client: ClientBase, folder: string, migration: MigrationName): Promise<void> {
  const parsed = await readMigration(folder, migration.file)
  await runSqlFile(client, parsed, async () => await recordMigration(client, migration, parsed))
}

/** Notes it as applied, with its statements as upstream's tool keeps them. */
export async function recordMigration(
  client: ClientBase,
  { version, name }: MigrationName,
  { statements }: SqlFile,
): Promise<void> {
  await client.query(
    'insert into supabase_migrations.schema_migrations (version, name, statements) values ($1, $2, $3)',
    [version, name, statements.map((statement) => statement.text)],
  )
}
