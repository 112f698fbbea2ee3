// A change of one row, unless somebody changed it in between.

import { Refusal } from '../../../refusal/refusal.ts'
import type { PlatformSession } from '../../database/platform-database.ts'
import { chosenColumns } from '../reading/resolve-names.ts'
import { rowFrom } from '../reading/row.ts'
import { tellColumn } from '../refusing/tell-column.ts'
import { describeRelation } from '../relation/describe-relation.ts'
import type { Column, Relation } from '../relation/relation.ts'
import type { UpdateRequest } from '../row-requests.ts'
import { returning, rowProjection, rowStatement, updateStatement } from '../sql/change-sql.ts'
import { literals, parameters } from '../sql/values.ts'
import { assignmentsOf, type ChangedRow, changedRow } from './changed-row.ts'
import { checkNames } from './named-rows.ts'

/**
 * Refuses `platform.row-changed`, `platform.row-gone`, `platform.row-protected`, `platform.rows-unnamed`,
 * `platform.value-refused`, `platform.column-unknown`, `postgres.*`.
 */
export async function updateRow(session: PlatformSession, request: UpdateRequest): Promise<ChangedRow> {
  const { row, values, defaults } = request
  const relation = await describeRelation(session, request.table)
  checkNames(relation, [row])
  const columns = chosenColumns(relation, null)
  const assignments = assignmentsOf(relation, values, defaults)
  const shown = updateStatement(relation, assignments, { ...row, version: null }, literals)
  if (request.preview) return changedRow(relation, columns, undefined, shown)
  const writer = parameters()
  const statement = returning(updateStatement(relation, assignments, row, writer), rowProjection(relation, columns))
  const { rows } = await tellColumn(writer.columns, session.cells(statement, writer.values), { relation, values })
  if (rows[0] === undefined) throw await whyUntouched(session, relation, columns, request)
  return changedRow(relation, columns, rows[0], shown)
}

/** Nothing was changed: the row is gone, is another by now, or a policy keeps it from this role. */
async function whyUntouched(
  session: PlatformSession,
  relation: Relation,
  columns: readonly Column[],
  { row, as }: UpdateRequest,
): Promise<Refusal> {
  const writer = parameters()
  const statement = rowStatement(relation, row, rowProjection(relation, columns), writer)
  const found = (await session.cells(statement, writer.values)).rows[0]
  if (found === undefined) return new Refusal('platform.row-gone', {})
  const present = rowFrom(found, relation, columns, 0)
  if (row.version === null || present.version === row.version) {
    return new Refusal('platform.row-protected', { command: 'UPDATE', role: as?.role ?? 'postgres' })
  }
  // A place may hold another row by now.
  if (relation.rowsBy === 'place') return new Refusal('platform.row-gone', {})
  return new Refusal('platform.row-changed', { columns: columns.map(({ name }) => name), row: present })
}
