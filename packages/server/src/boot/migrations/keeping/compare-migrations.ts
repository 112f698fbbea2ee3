// A project's migration files beside what its database has.

import type { ClientBase } from 'pg'

import type { MigrationShown, MigrationText } from '../../../platform/schema/migrations/migrations-area.ts'
import { isRefusal } from '../../../refusal/refusal.ts'
import { listMigrationFiles, readMigration } from '../apply-migration.ts'
import { isMissing } from '../migration-records.ts'
import { parseMigrationName } from '../plan-migrations.ts'

interface Recorded {
  readonly version: string
  readonly name: string | null
  readonly statements: readonly string[] | null
}

/** Every migration that the folder or the database knows, by version. */
export async function compareMigrations(client: ClientBase, folder: string): Promise<readonly MigrationText[]> {
  const recorded = await recordedMigrations(client)
  const names = (await listMigrationFiles(folder)).map(parseMigrationName).filter((name) => name !== null)
  const lost = recorded
    .filter(({ version }) => names.every((name) => name.version !== version))
    .map(({ name, ...record }): MigrationText => ({ ...record, name: name ?? '', ...withoutFile }))
  const found = names.map(async ({ version, name, file }): Promise<MigrationText> => {
    const record = recorded.find((each) => each.version === version)
    const { text, problem } = await readFileOf(folder, file, record?.statements ?? null)
    const state = record === undefined ? 'pending' : 'applied'
    return { version, name, file: pathOf(file), state, problem, text, statements: record?.statements ?? null }
  })
  return [...lost, ...(await Promise.all(found))].sort((left, right) => (left.version < right.version ? -1 : 1))
}

/** Without the texts, for a list. */
export function withoutTexts({ version, name, file, state, problem }: MigrationText): MigrationShown {
  return { version, name, file, state, problem }
}

const withoutFile = {
  file: null,
  state: 'file-missing',
  problem: 'The file was renamed, removed, or applied from another branch.',
  text: null,
} as const

/** As people know it. */
export function pathOf(file: string): string {
  return `supabase/migrations/${file}`
}

async function recordedMigrations(client: ClientBase): Promise<readonly Recorded[]> {
  try {
    const { rows } = await client.query<Recorded>(
      'select version, name, statements from supabase_migrations.schema_migrations order by version',
    )
    return rows
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}

async function readFileOf(
  folder: string,
  file: string,
  applied: readonly string[] | null,
): Promise<{ text: string | null; problem: string | null }> {
  try {
    const { text, statements } = await readMigration(folder, file)
    const same = applied === null || JSON.stringify(applied) === JSON.stringify(statements.map((each) => each.text))
    return { text, problem: same ? null : 'The file was changed after it was applied.' }
  } catch (thrown) {
    if (!isRefusal(thrown) || thrown.code !== 'migration.unreadable') throw thrown
    return { text: null, problem: `Line ${thrown.detail.line}: ${thrown.detail.problem}.` }
  }
}
