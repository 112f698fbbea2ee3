// How many rows a table shows: estimated where counting would take long, counted on demand.

import type { PlatformSession } from '../../database/platform-database.ts'
import { describeRelation } from '../relation/describe-relation.ts'
import type { CountRequest } from '../row-requests.ts'
import { countStatement, estimateStatement } from '../sql/count-sql.ts'
import { filterCondition } from '../sql/filter-sql.ts'
import { parameters } from '../sql/values.ts'
import { tellColumn } from '../refusing/tell-column.ts'
import { chosenFilters } from './resolve-names.ts'

export interface RowCount {
  readonly count: number
  readonly exact: boolean
}

/** Up to here the planner's guess is not worth its error. Rows. */
const COUNTED_ANYWAY = 50_000

/** Refuses `platform.relation-unknown`, `platform.column-unknown`, `platform.value-refused`, `postgres.*`. */
export async function countRows(session: PlatformSession, request: CountRequest): Promise<RowCount> {
  const relation = await describeRelation(session, request.table)
  const writer = parameters()
  const conditions = chosenFilters(relation, request.filters).map((filter) => filterCondition(filter, writer))
  if (!request.exact) {
    const statement = estimateStatement(relation, conditions)
    const { rows } = await tellColumn(writer.columns, session.cells(statement, writer.values))
    const count = expectedRows(rows[0]?.[0] ?? '')
    if (count > COUNTED_ANYWAY) return { count, exact: false }
  }
  const counted = await tellColumn(writer.columns, session.cells(countStatement(relation, conditions), writer.values))
  return { count: Number(counted.rows[0]?.[0] ?? 0), exact: true }
}

function expectedRows(explained: string): number {
  const [plan] = JSON.parse(explained) as readonly { readonly Plan: { readonly 'Plan Rows': number } }[]
  return plan?.Plan['Plan Rows'] ?? 0
}
