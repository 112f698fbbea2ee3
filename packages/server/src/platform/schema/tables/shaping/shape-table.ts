// Making, changing, copying and removing a table, each in the transaction that the caller opened.

import type { QualifiedName, Sql } from '../../../../database/sql.ts'
import { Refusal } from '../../../../refusal/refusal.ts'
import type { PlatformSession } from '../../../database/platform-database.ts'
import { runStatements } from '../../../database/run-statements.ts'
import { checkTypes } from '../columns/check-types.ts'
import { readTable, readVersion } from '../reading/read-table.ts'
import type { TableDetail } from '../reading/table.ts'
import { alterTable } from './sql/alter-table.ts'
import { createTable } from './sql/create-table.ts'
import { lockTable } from './sql/other-statements.ts'
import type { NewTable, TableChange } from './table-input.ts'

/** Refuses `platform.type-unknown`, `platform.expression-invalid`. */
export async function planNewTable(session: PlatformSession, table: NewTable): Promise<readonly Sql[]> {
  await checkTypes(
    session,
    table.columns.map(({ type }) => type),
  )
  return createTable(table)
}

/**
 * Reads the table, locked against others' changes, and plans against it. Refuses `platform.relation-unknown`,
 * `platform.table-changed` where its columns are not those of the version or one of them is gone,
 * `platform.type-unknown` and `platform.expression-invalid`.
 */
export async function planChange(
  session: PlatformSession,
  at: QualifiedName,
  change: TableChange,
): Promise<readonly Sql[]> {
  const table = await readTable(session, at, [])
  if (!change.preview && lockable.has(table.kind)) await runStatements(session, [lockTable(at)])
  const { columns, version } = change
  const gone = [...columns.change.map(({ name }) => name), ...columns.drop].filter((name) => !hasColumn(table, name))
  // Read again: whoever held the lock before may have changed it.
  const changed = version !== undefined && version !== (await readVersion(session, at))
  if (gone.length > 0 || changed) throw new Refusal('platform.table-changed', { ...at, gone })
  await checkTypes(
    session,
    [...columns.add, ...columns.change].flatMap(({ type }) => type ?? []),
  )
  return alterTable(table, change)
}

const lockable: ReadonlySet<TableDetail['kind']> = new Set(['table', 'partitioned-table'])

function hasColumn(table: TableDetail, name: string): boolean {
  return table.columns.some((column) => column.name === name)
}
