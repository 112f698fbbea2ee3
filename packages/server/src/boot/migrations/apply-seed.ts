// Fills a database with a project's seed files, once each: they are remembered by path and by a digest of their text.

import { createHash } from 'node:crypto'
import { glob, readFile } from 'node:fs/promises'
import { join, posix, sep } from 'node:path'

import { type ClientBase, DatabaseError } from 'pg'

import { parseSqlFile } from './migration-file.ts'
import { isMissing, withMigrationLock } from './migration-records.ts'
import { runSqlFile } from './run-sql-file.ts'

export interface SeedOptions {
  /** The folder the patterns are relative to, usually `<project>/supabase`. */
  readonly folder: string
  /** `[db.seed] enabled`. */
  readonly enabled: boolean
  /** `[db.seed] sql_paths`: paths or globs, in order; the files of one glob run in the order of their names. */
  readonly sqlPaths: readonly string[]
}

export interface SeedResult {
  /** Paths relative to the project, such as `supabase/seed.sql`. */
  readonly applied: readonly string[]
  readonly warnings: readonly string[]
}

/**
 * Runs the seed files that the database has not seen. One that changed since is not run again, as its rows are there
 * already; its new digest is remembered and a warning says so. Refuses with `migration.*`.
 */
export async function applySeed(client: ClientBase, options: SeedOptions): Promise<SeedResult> {
  if (!options.enabled) return { applied: [], warnings: [] }
  const { files, warnings } = await findSeedFiles(options)
  const seen = await seenFiles(client)
  const changed = files.filter((file) => seen.get(file.path) !== file.hash)
  if (changed.length === 0) return { applied: [], warnings }
  return await withMigrationLock(client, async () => {
    const applied: string[] = []
    for (const file of changed) {
      if (seen.has(file.path)) {
        await remember(client, file)
        warnings.push(`${file.path} changed after it was applied. Run \`tenon db reset\` to start from it anew.`)
      } else {
        await runSqlFile(client, parseSqlFile(file.path, file.text), async () => await remember(client, file))
        applied.push(file.path)
      }
    }
    return { applied, warnings }
  })
}

interface SeedFile {
  readonly path: string
  readonly text: string
  readonly hash: string
}

async function findSeedFiles(options: SeedOptions): Promise<{ files: SeedFile[]; warnings: string[] }> {
  const paths = new Set<string>()
  const warnings: string[] = []
  for (const pattern of options.sqlPaths) {
    const found = await filesMatching(pattern, options.folder)
    const isDefault = posix.normalize(pattern) === 'seed.sql'
    if (found.length === 0 && !isDefault) warnings.push(`No seed file fits "${pattern}" ([db.seed] sql_paths).`)
    for (const path of found) paths.add(path)
  }
  return { files: await Promise.all([...paths].map(async (path) => await readSqlFile(options.folder, path))), warnings }
}

async function filesMatching(pattern: string, folder: string): Promise<readonly string[]> {
  const found: string[] = []
  for await (const path of glob(pattern, { cwd: folder })) found.push(path)
  return found.sort()
}

async function readSqlFile(folder: string, path: string): Promise<SeedFile> {
  const text = await readFile(join(folder, path), 'utf8')
  const shown = posix.join('supabase', path.split(sep).join('/'))
  return { path: shown, text, hash: createHash('sha256').update(text).digest('hex') }
}

async function seenFiles(client: ClientBase): Promise<ReadonlyMap<string, string>> {
  try {
    const { rows } = await client.query<{ path: string; hash: string }>(
      'select path, hash from supabase_migrations.seed_files',
    )
    return new Map(rows.map((row) => [row.path, row.hash]))
  } catch (error) {
    if (isMissing(error)) return new Map()
    throw error
  }
}

async function remember(client: ClientBase, file: SeedFile): Promise<void> {
  await client.query(
    `insert into supabase_migrations.seed_files (path, hash) values ($1, $2)
     on conflict (path) do update set hash = excluded.hash`,
    [file.path, file.hash],
  )
}

/**
 * Runs `supabase/roles.sql`, before the migrations that rely on it, when it is new or changed. Roles outlive a
 * database, so that a role that is there already is passed over. True where it ran.
 */
export async function applyRoles(client: ClientBase, folder: string): Promise<boolean> {
  const file = await readSqlFile(folder, 'roles.sql').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (file === null || (await seenFiles(client)).get(file.path) === file.hash) return false
  await withMigrationLock(client, async () => {
    const { statements, path } = parseSqlFile(file.path, file.text)
    for (const statement of statements) {
      await runSqlFile(client, { path, statements: [statement], transaction: 'one' }, async () => {}).catch(
        passOverExisting,
      )
    }
    await remember(client, file)
  })
  return true
}

const duplicateObject = '42710'

function passOverExisting(error: unknown): void {
  const cause = error instanceof Error ? error.cause : null
  if (!(cause instanceof DatabaseError) || cause.code !== duplicateObject) throw error
}
