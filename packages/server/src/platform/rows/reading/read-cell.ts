// One value, whole.

import { Refusal } from '../../../refusal/refusal.ts'
import type { PlatformSession } from '../../database/platform-database.ts'
import { columnOf, describeRelation } from '../relation/describe-relation.ts'
import type { CellRequest } from '../row-requests.ts'
import { rowStatement, wholeCell } from '../sql/change-sql.ts'
import { parameters } from '../sql/values.ts'
import { checkNames } from '../writing/named-rows.ts'

/** Refuses `platform.row-gone`, `platform.rows-unnamed`, `platform.column-unknown`, `postgres.*`. */
export async function readCell(session: PlatformSession, request: CellRequest): Promise<{ value: string | null }> {
  const relation = await describeRelation(session, request.table)
  checkNames(relation, [request.row])
  const writer = parameters()
  const shown = wholeCell(columnOf(relation, request.column))
  const { rows } = await session.cells(rowStatement(relation, request.row, shown, writer), writer.values)
  if (rows[0] === undefined) throw new Refusal('platform.row-gone', {})
  return { value: rows[0][0] ?? null }
}
