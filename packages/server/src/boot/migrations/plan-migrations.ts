// Which migration files have to be applied to a database, decided from names alone.

import { Refusal } from '../../refusal/refusal.ts'

export interface MigrationName {
  /** The digits the file's name begins with: the order, and the key under which it is recorded. */
  readonly version: string
  readonly name: string
  readonly file: string
}

export interface MigrationPlan {
  /** In the order in which to apply them. */
  readonly pending: readonly MigrationName[]
  /** Sentences for the operator: what was passed over, and what does not fit together. */
  readonly warnings: readonly string[]
}

const pattern = /^(?<version>\d+)_(?<name>.*)\.sql$/

/**
 * `files` are the names in `supabase/migrations`, `recorded` the versions in `supabase_migrations.schema_migrations`.
 * Refuses with `migration.duplicate-version`.
 */
export function planMigrations(files: readonly string[], recorded: readonly string[]): MigrationPlan {
  const named = files.map(parseMigrationName).filter((name) => name !== null)
  named.sort((left, right) => (left.file < right.file ? -1 : 1))
  refuseDuplicates(named)
  const pending = named.filter(({ version }) => !recorded.includes(version))
  return {
    pending,
    warnings: [
      ...files.filter(isMisnamed).map(warnMisnamed),
      ...named.filter(({ version }) => version.length !== 14).map(warnShort),
      ...recorded.filter((version) => !named.some((name) => name.version === version)).map(warnMissing),
      ...pending.filter(({ version }) => recorded.some((applied) => applied > version)).map(warnLate),
    ],
  }
}

/** Null where the file is not named as migrations are. */
export function parseMigrationName(file: string): MigrationName | null {
  const { version, name } = pattern.exec(file)?.groups ?? {}
  return version === undefined || name === undefined ? null : { version, name, file }
}

/** Hidden files and folders' leftovers are nobody's migration. */
function isMisnamed(file: string): boolean {
  return !file.startsWith('.') && parseMigrationName(file) === null
}

function refuseDuplicates(named: readonly MigrationName[]): void {
  for (const { version } of named) {
    const paths = named.filter((name) => name.version === version).map((name) => `supabase/migrations/${name.file}`)
    if (paths.length === 1) continue
    throw new Refusal(
      'migration.duplicate-version',
      { version, paths },
      { fix: 'Give one of them a later version; a version that was applied somewhere must keep its file.' },
    )
  }
}

function warnMisnamed(file: string): string {
  return `supabase/migrations/${file} is passed over: a migration is named <14 digits>_<name>.sql.`
}

function warnShort({ file }: MigrationName): string {
  return `supabase/migrations/${file}: its version is not the usual 14 digits (YYYYMMDDHHMMSS).`
}

function warnMissing(version: string): string {
  return `The database has migration ${version} and supabase/migrations has no such file: it was renamed, removed, or applied from another branch.`
}

function warnLate({ file }: MigrationName): string {
  return `supabase/migrations/${file} is applied after later ones, which the database already had.`
}
