// A new row.

import type { PlatformSession } from '../../database/platform-database.ts'
import { chosenColumns } from '../reading/resolve-names.ts'
import { tellColumn } from '../refusing/tell-column.ts'
import { describeRelation } from '../relation/describe-relation.ts'
import type { InsertRequest } from '../row-requests.ts'
import { insertStatement, returning, rowProjection } from '../sql/change-sql.ts'
import { literals, parameters } from '../sql/values.ts'
import { assignmentsOf, type ChangedRow, changedRow } from './changed-row.ts'

/** Columns left out get their defaults. Refuses `platform.value-refused`, `platform.column-unknown`, `postgres.*`. */
export async function insertRow(session: PlatformSession, request: InsertRequest): Promise<ChangedRow> {
  const relation = await describeRelation(session, request.table)
  const columns = chosenColumns(relation, null)
  const assignments = assignmentsOf(relation, request.values, [])
  const shown = insertStatement(relation, assignments, literals)
  if (request.preview) return changedRow(relation, columns, undefined, shown)
  const writer = parameters()
  const statement = returning(insertStatement(relation, assignments, writer), rowProjection(relation, columns))
  const { rows } = await tellColumn(writer.columns, session.cells(statement, writer.values), {
    relation,
    values: request.values,
  })
  return changedRow(relation, columns, rows[0], shown)
}
