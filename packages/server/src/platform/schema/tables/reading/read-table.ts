// One relation in full, and all of them in brief.

import type { QualifiedName } from '../../../../database/sql.ts'
import { Refusal } from '../../../../refusal/refusal.ts'
import type { PlatformSession } from '../../../database/platform-database.ts'
import { listIndexes } from '../indexes/sql/list-indexes.ts'
import { columnsVersion, describeColumns } from './sql/describe-columns.ts'
import {
  describeConstraints,
  describeForeignKeys,
  describeReferences,
  describeTriggers,
} from './sql/describe-constraints.ts'
import { listTables } from './sql/list-tables.ts'
import type { ForeignKey, TableColumn, TableDetail, TableSummary } from './table.ts'

/** Of one schema, or of all but the system's where it is null. */
export async function readTables(
  session: PlatformSession,
  schema: string | null,
  exposed: readonly string[],
): Promise<readonly TableSummary[]> {
  return await session.rows<TableSummary>(listTables, [schema, null, exposed])
}

/** Refuses `platform.relation-unknown`. */
export async function readTable(
  session: PlatformSession,
  { schema, name }: QualifiedName,
  exposed: readonly string[],
): Promise<TableDetail> {
  const where = [schema, name]
  const [summary] = await session.rows<TableSummary>(listTables, [schema, name, exposed])
  if (summary === undefined) throw new Refusal('platform.relation-unknown', { schema, name })
  return {
    ...summary,
    version: await readVersion(session, { schema, name }),
    columns: await session.rows<TableColumn>(describeColumns, where),
    constraints: await session.rows(describeConstraints, where),
    foreignKeys: await session.rows<ForeignKey>(describeForeignKeys, where),
    referencedBy: await session.rows<ForeignKey>(describeReferences, where),
    indexes: await session.rows(listIndexes, where),
    triggers: await session.rows(describeTriggers, where),
  }
}

/** What stands for the columns as they are now. */
export async function readVersion(session: PlatformSession, { schema, name }: QualifiedName): Promise<string> {
  const [row] = await session.rows<{ version: string }>(columnsVersion, [schema, name])
  return row?.version ?? ''
}
