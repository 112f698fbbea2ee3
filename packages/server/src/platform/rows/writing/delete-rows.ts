// Rows removed, all in one statement.

import type { PlatformSession } from '../../database/platform-database.ts'
import { describeRelation } from '../relation/describe-relation.ts'
import type { DeleteRequest } from '../row-requests.ts'
import { deleteStatement } from '../sql/change-sql.ts'
import { literals, parameters } from '../sql/values.ts'
import { checkNames } from './named-rows.ts'

export interface DeletedRows {
  /** Fewer than were named where some are gone already, or a policy keeps them. */
  readonly deleted: number
  readonly sql: string
}

/** Refuses `platform.rows-unnamed`, `postgres.*`. */
export async function deleteRows(session: PlatformSession, request: DeleteRequest): Promise<DeletedRows> {
  const relation = await describeRelation(session, request.table)
  checkNames(relation, request.rows)
  const sql = deleteStatement(relation, request.rows, literals)
  if (request.preview) return { deleted: 0, sql }
  const writer = parameters()
  const { count } = await session.cells(deleteStatement(relation, request.rows, writer), writer.values)
  return { deleted: count, sql }
}
